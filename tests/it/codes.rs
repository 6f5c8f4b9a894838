//! Codes as a bad printer or a far camera gives them: coarse.
//!
//! Three decoders judge the papers: rqrr here, zbar in `tests/check_papers.sh`, zbar and zxing-cpp, which telephones have,
//! in `tests/check_codes.py`.

use std::path::Path;

use crate::call::School;
use crate::pdf_text;
use crate::pixels;

/// What a decoder got out of codes.
#[derive(Debug, Default)]
struct Tally {
    codes: usize,
    read: usize,
}

impl Tally {
    fn add(&mut self, is_read: bool) {
        self.codes += 1;
        self.read += usize::from(is_read);
    }

    #[track_caller]
    fn check(&self, least: f64, what: &str) {
        let part = self.read as f64 / self.codes as f64;
        println!("{what}: {} of {} ({:.2} %)", self.read, self.codes, part * 100.0);
        assert!(self.codes > 0 && part >= least, "{what}: {} of {}", self.read, self.codes);
    }
}

/// The posters and slips of a sample, slips in each of their sizes.
fn papers(title: &str, sizes: &[u8]) -> Vec<Vec<u8>> {
    let mut files = Vec::new();
    for size in sizes {
        let school = School::sample("school-65");
        let settings = std::fs::read_to_string(school.path().join("zavuch.toml")).expect("settings");
        let line = settings.lines().find(|line| line.starts_with("slips_per_page")).expect("the size of slips");
        school.write("zavuch.toml", settings.replace(line, &format!("slips_per_page = {size}")).as_bytes());
        assert_eq!(school.run().status, 0);
        let is_wanted = |name: &str| {
            let path = Path::new(name);
            path.extension().is_some_and(|form| form == "pdf") && name.contains(title)
        };
        let wanted = school.files("выдача").into_iter().filter(|(name, _)| is_wanted(name)).map(|(_, bytes)| bytes);
        files.extend(wanted.take(2));
    }
    assert!(!files.is_empty());
    files
}

/// How the codes of papers are read at `dpi`: each has to say the link that stands in clear on its page.
fn read_at(files: &[Vec<u8>], dpi: f32) -> Tally {
    let mut tally = Tally::default();
    for file in files {
        for (codes, text) in pixels::qr_texts(file, dpi).iter().zip(pdf_text::texts(file)) {
            let links = text.runs.iter().filter(|run| run.text.trim().starts_with("https://")).count();
            let read = codes.texts().iter().filter(|code| text.holds(code)).count();
            (0..links).for_each(|number| tally.add(number < read));
        }
    }
    tally
}

#[test]
fn codes_are_read_at_150_and_at_100_dpi() {
    for (title, sizes) in [("Талоны", &[4, 6, 8, 10][..]), ("Листы-приглашения", &[8])] {
        let files = papers(title, sizes);
        read_at(&files, 150.0).check(1.0, &format!("{title}, 150 dpi"));
        read_at(&files, 100.0).check(0.99, &format!("{title}, 100 dpi"));
    }
}
