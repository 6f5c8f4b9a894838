//! Codes as telephones get them: coarse, and with a blot on them.
//!
//! Two decoders judge the papers: rqrr here, zbar in `tests/check_papers.sh`.

use std::path::Path;

use crate::call::School;
use crate::pixels::{self, Code, Picture};

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
        files.extend(school.files("выдача").into_iter().filter(|(name, _)| is_wanted(name)).map(|(_, bytes)| bytes));
    }
    assert!(!files.is_empty());
    files
}

/// Random numbers, the same on every machine.
struct Dice(u64);

impl Dice {
    /// From 0 to 1.
    fn throw(&mut self) -> f32 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % 10_000) as f32 / 10_000.0
    }
}

/// How the codes of papers are read at `dpi`, each page with what it says when it is rasterised finely.
fn read_at(files: &[Vec<u8>], dpi: f32) -> Tally {
    let mut tally = Tally::default();
    for file in files {
        let fine = pixels::qr_texts(file, 200.0);
        for (fine, coarse) in fine.iter().zip(pixels::qr_texts(file, dpi)) {
            assert_eq!(fine.unreadable, 0);
            for code in &fine.codes {
                let is_same =
                    |other: &&Code| (other.left - code.left).abs() < 3.0 && (other.top - code.top).abs() < 3.0;
                tally.add(coarse.codes.iter().find(is_same).is_some_and(|other| other.text == code.text));
            }
        }
    }
    tally
}

#[test]
fn codes_are_read_at_150_and_at_100_dpi() {
    for title in ["Талоны", "Листы-приглашения"] {
        let sizes: &[u8] = if title == "Талоны" { &[4, 6, 8, 10] } else { &[8] };
        let files = papers(title, sizes);
        read_at(&files, 150.0).check(1.0, &format!("{title}, 150 dpi"));
        read_at(&files, 100.0).check(0.99, &format!("{title}, 100 dpi"));
    }
}

/// A round blot as large as this part of the code, black or white, somewhere inside of it.
fn blotted(picture: &Picture, code: &Code, part: f32, dice: &mut Dice) -> Picture {
    let mut blotted = picture.clone();
    let radius = (part / std::f32::consts::PI).sqrt() * code.side;
    let mut place = |start: f32| start + radius + dice.throw() * (code.side - 2.0 * radius);
    let (x, y) = (place(code.left), place(code.top));
    let ink = if dice.throw() < 0.5 { 0 } else { 255 };
    for row in 0..picture.height {
        for column in 0..picture.width {
            let (dx, dy) = (picture.millimetres_in(column) - x, picture.millimetres_in(row) - y);
            if dx * dx + dy * dy <= radius * radius {
                blotted.pixels[row * picture.width + column] = ink;
            }
        }
    }
    blotted
}

#[test]
fn a_slip_with_a_blot_is_read() {
    let mut dice = Dice(0x5EED);
    let mut tally = Tally::default();
    for file in papers("Талоны", &[10]).iter().take(2) {
        for picture in pixels::pictures(file, 150.0) {
            for code in pixels::codes(&picture).codes {
                let cut = picture.cut(&code);
                for _ in 0..6 {
                    let at_origin = Code { left: cut.margin(), top: cut.margin(), ..code.clone() };
                    let text = pixels::only_code(&blotted(&cut, &at_origin, 0.15, &mut dice));
                    tally.add(text.as_deref() == Some(code.text.as_str()));
                }
            }
        }
    }
    tally.check(0.95, "slips with a blot of 15 %");
}
