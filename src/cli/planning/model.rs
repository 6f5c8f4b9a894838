//! Random schools and random changes whose truth is known, run after run: what is recorded is what the lists say, nothing
//! is handed out twice, nobody gets another class's papers, and every paper that holds no longer is named.
//!
//! | file | idea |
//! | --- | --- |
//! | `world` | a school as it truly is, and what happens to it |
//! | `runs` | one run after the other, remembered as the store does |
//! | `held` | which papers people have in their hands |
//! | `checks` | what holds of every proposal |

mod checks;
mod held;
mod runs;
mod world;

use rayon::prelude::*;

use self::runs::{Memory, Runs};
use self::world::World;

/// How many schools are followed, and how many runs each. The product is the number of change sets.
const SCHOOLS: u64 = 500;
const RUNS: usize = 20;

/// What many schools went through.
#[derive(Clone, Copy, Debug, Default)]
struct Seen {
    change_sets: usize,
    with_changes: usize,
    sheets: usize,
    questions: usize,
    unclear: usize,
    waiting: usize,
    years: usize,
    returned: usize,
    interrupted: usize,
}

impl Seen {
    fn and(self, other: Self) -> Self {
        Self {
            change_sets: self.change_sets + other.change_sets,
            with_changes: self.with_changes + other.with_changes,
            sheets: self.sheets + other.sheets,
            questions: self.questions + other.questions,
            unclear: self.unclear + other.unclear,
            waiting: self.waiting + other.waiting,
            years: self.years + other.years,
            returned: self.returned + other.returned,
            interrupted: self.interrupted + other.interrupted,
        }
    }
}

fn follow(seeds: std::ops::Range<u64>, runs: usize, memory: impl Fn() -> Memory + Sync) -> Seen {
    let school = |seed| Runs::new(World::new(seed), memory()).follow(runs);
    seeds.into_par_iter().map(school).reduce(Seen::default, Seen::and)
}

/// `ZAVUCH_SCHOOLS=20000 cargo test --release model` follows more of them.
#[test]
#[expect(clippy::disallowed_methods, reason = "a longer test is asked for by the environment")]
fn the_store_equals_the_lists_and_nobody_holds_a_wrong_paper() {
    let schools = std::env::var("ZAVUCH_SCHOOLS").ok().and_then(|text| text.parse().ok()).unwrap_or(SCHOOLS);
    let seen = follow(1..schools + 1, RUNS, || Memory::InMind);
    assert_eq!(seen.change_sets, schools as usize * RUNS);
    // What the model is for did happen.
    let at_least = |number: usize, share: usize| assert!(number * 100 >= seen.change_sets * share, "{seen:?}");
    at_least(seen.with_changes, 70);
    at_least(seen.sheets, 40);
    at_least(seen.years, 2);
    at_least(seen.returned, 4);
    at_least(seen.interrupted, 5);
    assert!(seen.questions > 20 && seen.waiting > 10, "{seen:?}");
    assert!(seen.unclear * 50 < seen.change_sets, "{seen:?}");
}

#[test]
fn the_file_remembers_as_the_model_does() {
    let seen = follow(900_001..900_016, 8, Memory::in_file);
    assert!(seen.with_changes > 50, "{seen:?}");
}
