//! The site that is published by a program which ends at any act on the disk: the next call ends where an undisturbed one
//! does, and no page is half one.

#![expect(clippy::disallowed_methods, reason = "tests make the files of a school")]

use std::collections::BTreeMap;
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use jiff::civil::{Date, date};

use super::publish;
use crate::cli::apply::stops::{Fault, copy, leave_half, run, school, scratch};
use crate::cli::error::CommandError;
use crate::store::Store;
use crate::workspace::{Act, faults};

const ON: Date = date(2026, 9, 8);

/// A folder with a school, its papers issued, and the sites beside it. The store remembers where sites lie, so every trial
/// is made in the same place.
struct World {
    scratch: tempfile::TempDir,
}

/// Every file of the sites and the rules for web servers, and what the store remembers of the sites.
#[derive(Debug, PartialEq, Eq)]
struct Published {
    files: BTreeMap<PathBuf, Vec<u8>>,
    sites: Vec<PathBuf>,
}

impl World {
    fn new() -> Self {
        let world = Self { scratch: scratch() };
        school(&world.school());
        let settings = fs::read_to_string(world.school().join("zavuch.toml")).unwrap();
        let short = "\n[links]\nmode = \"short\"\nbase = \"https://go.school.example.org\"\n";
        fs::write(world.school().join("zavuch.toml"), format!("{settings}{short}")).unwrap();
        run(&world.school(), date(2026, 9, 1), Fault::Kill, usize::MAX).result.unwrap();
        world
    }

    fn place(&self) -> PathBuf {
        self.scratch.path().join("место")
    }

    fn school(&self) -> PathBuf {
        self.place().join("школа")
    }

    fn edit(&self, from: &str, to: &str) {
        let settings = self.school().join("zavuch.toml");
        let text = fs::read_to_string(&settings).unwrap();
        assert!(text.contains(from), "{from}");
        fs::write(settings, text.replacen(from, to, 1)).unwrap();
    }

    /// Publishes into a folder; the process ends at an act, counted from 0. Answers how many acts there were.
    fn publish(&self, site: &str, at: usize) -> (Result<(), CommandError>, usize) {
        let steps = Arc::new(AtomicUsize::new(0));
        let counted = Arc::clone(&steps);
        let onlooker = move |act: Act, path: &Path| {
            let step = counted.fetch_add(1, Ordering::Relaxed);
            if step == at {
                leave_half(act, path);
            }
            if step >= at { Err(ErrorKind::Interrupted.into()) } else { Ok(()) }
        };
        let result = faults::watched(onlooker, || publish(&self.school(), &self.place().join(site), ON).map(drop));
        (result, steps.load(Ordering::Relaxed))
    }

    fn published(&self) -> Published {
        let mut files = BTreeMap::new();
        let mut folders =
            vec![self.place().join("сайт"), self.place().join("второй"), self.school().join("правила сервера")];
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(&folder).into_iter().flatten() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    folders.push(path);
                } else {
                    files.insert(path.strip_prefix(self.place()).unwrap().to_path_buf(), fs::read(&path).unwrap());
                }
            }
        }
        let store = Store::read(&self.school()).unwrap().unwrap();
        Published { files, sites: store.sites().unwrap().into_iter().map(|site| site.folder).collect() }
    }

    /// Has the program end at every act of publishing into a folder, and calls it again.
    #[track_caller]
    fn kill_everywhere(&self, site: &str) {
        let beginning = self.scratch.path().join("начало");
        let _ = fs::remove_dir_all(&beginning);
        copy(&self.place(), &beginning);
        let begin = || {
            fs::remove_dir_all(self.place()).unwrap();
            copy(&beginning, &self.place());
        };
        let before = self.published();
        let (result, steps) = self.publish(site, usize::MAX);
        result.unwrap();
        let expected = self.published();
        assert!(steps >= 20 && expected.files.len() > 5, "{steps}: {:?}", expected.files.keys());
        assert!(expected.files.keys().all(|name| !name.to_string_lossy().contains(".zavuch-")));
        for at in 0..steps {
            begin();
            let (result, _) = self.publish(site, at);
            assert!(result.is_err(), "a killed call at {at} says that all is well");
            for (name, bytes) in self.published().files {
                let is_unfinished = name.file_name().unwrap().to_string_lossy().starts_with(".zavuch-");
                let is_whole = [&before, &expected].into_iter().any(|one| one.files.get(&name) == Some(&bytes));
                assert!(is_unfinished || is_whole, "{} is half written, killed at {at}", name.display());
            }
            let (result, _) = self.publish(site, usize::MAX);
            result.unwrap_or_else(|error| panic!("killed at {at}: {}", error.error));
            let made = self.published();
            let left = made.files.keys().filter(|name| !expected.files.contains_key(*name)).collect::<Vec<_>>();
            assert!(made == expected, "killed at {at}: {left:?} {:?}", made.sites);
        }
    }
}

#[test]
fn a_site_is_published_whole_by_the_next_call() {
    let world = World::new();
    world.kill_everywhere("сайт");
    // All pages are other ones, in this folder and in another.
    world.edit("phone = \"8 (800) 000-00-00\"", "phone = \"8 (800) 000-00-01\"");
    world.kill_everywhere("второй");
}
