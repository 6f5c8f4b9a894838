//! Every kind of paper with contents of any length: nothing crosses, nothing leaves the page, nothing is lost.

use super::canvas::Page;
use super::checks::flaws;
use super::forms_sample::{Sample, person, student};
use super::memo::MemoFacts;
use super::paper::PaperKind;
use super::stack::{cover, stack};
use crate::school::{Official, OptionalPaper, Preset, SlipsPerPage};

/// Numbers and texts that are the same on every machine.
pub(super) struct Fuzz(u64);

impl Fuzz {
    pub(super) fn new(seed: u64) -> Self {
        Self(seed)
    }

    pub(super) fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % limit as u64) as usize
    }

    /// Words of letters of all widths, now and then one word without a blank; never only blanks.
    pub(super) fn text(&mut self, length: usize) -> String {
        let letters: Vec<char> = "абвгдеёжзийклмнопрстуфхцчшщъыьэюяШЩЮЖМФ  --«»№1,.".chars().collect();
        let text: String = (0..length).map(|_| letters[self.below(letters.len())]).collect();
        let text = if self.below(4) == 0 { text.replace([' ', '-'], "Щ") } else { text };
        format!("Ж{}", text.chars().skip(1).collect::<String>().trim_end())
    }

    fn maybe(&mut self, length: usize) -> String {
        if self.below(3) == 0 { String::new() } else { self.text(length) }
    }

    fn name(&mut self) -> crate::school::PersonName {
        let [surname, given, patronymic] = [60, 40, 40].map(|longest| 1 + self.below(longest));
        let patronymic = if self.below(4) == 0 { String::new() } else { self.text(patronymic) };
        person(&self.text(surname), &self.text(given), &patronymic)
    }

    fn official(&mut self) -> Official {
        let length = 1 + self.below(200);
        Official { name: self.name(), post: self.text(length) }
    }

    /// A sample in which everything that people type is of any length.
    fn sample(&mut self, round: usize) -> Sample {
        let preset = Preset::ALL[round % Preset::ALL.len()];
        let mut sample = if round % 4 == 3 { Sample::of_school(preset) } else { Sample::new(preset) };
        let lengths = [1 + self.below(250), 1 + self.below(250), self.below(120), self.below(60)];
        sample.school.short_name = self.text(lengths[0]);
        sample.school.full_name = self.text(lengths[1]);
        sample.school.address = self.maybe(lengths[2]);
        sample.school.city = self.maybe(lengths[3]);
        sample.school.phone = if self.below(3) == 0 { String::new() } else { "8 (800) 000-00-00".to_owned() };
        sample.school.director = self.official();
        sample.school.curator = self.official();
        sample.school.administrator = self.official();
        sample.regulation.other_channel = if self.below(2) == 0 { None } else { Some(self.text(120)) };
        sample.regulation.act.title = self.text(200);
        if self.below(2) == 0 {
            (sample.regulation.act.date, sample.regulation.act.number) = (None, None);
            sample.deadlines = crate::school::Deadlines::default();
        }
        if let Some(class) = &mut sample.class {
            let pupils = 1 + self.below(45);
            class.students = (0..pupils)
                .map(|_| {
                    let parents = (0..self.below(4)).map(|_| Some(self.name()));
                    let parents: Vec<_> = parents.collect();
                    student(&class.name, self.name(), &parents)
                })
                .collect();
        }
        if let Some(homeroom) = &mut sample.homeroom {
            homeroom.name = self.name();
        }
        if self.below(4) == 0 {
            sample.homeroom = None;
        }
        for chat in &mut sample.chats {
            let length = 1 + self.below(100);
            chat.title = self.text(length).parse().expect("a title");
            chat.moderator = if self.below(4) == 0 { None } else { Some(self.name()) };
            chat.co_admins = (0..self.below(4)).map(|_| self.name()).collect();
        }
        for member in &mut sample.staff {
            let length = 1 + self.below(120);
            (member.name, member.post) = (self.name(), self.text(length));
        }
        for family in &mut sample.families {
            family.guardians = (0..=self.below(3)).map(|_| self.name()).collect();
            for child in &mut family.children {
                (child.name, child.homeroom) = (self.name(), Some(self.name()).filter(|_| self.below(3) > 0));
            }
        }
        for text in sample.pinned.values_mut() {
            let length = 1 + self.below(3000);
            *text = self.text(length);
        }
        sample.settings.blank_rows = u8::try_from(self.below(41)).expect("a small number");
        sample.settings.slips_per_page =
            [SlipsPerPage::Four, SlipsPerPage::Six, SlipsPerPage::Eight, SlipsPerPage::Ten][self.below(4)];
        sample.settings.other_channel_column = self.below(2) == 0;
        sample.settings.optional = OptionalPaper::ALL.into_iter().filter(|_| self.below(5) > 0).collect();
        sample
    }
}

/// The characters of pages without blanks and hyphens, which lines may add.
fn squeezed(pages: &[Page]) -> String {
    squeeze(&pages.iter().flat_map(Page::texts).collect::<String>())
}

fn squeeze(text: &str) -> String {
    text.chars().filter(|letter| !letter.is_whitespace() && *letter != '-').collect()
}

#[test]
fn nothing_crosses_and_nothing_is_lost() {
    let mut fuzz = Fuzz::new(0xF00D);
    for round in 0..60 {
        let sample = fuzz.sample(round);
        let (sheets, pinned) = (sample.sheets(), sample.pinned());
        let papers = sample.papers(&sheets);
        let facts = MemoFacts { deadlines: &sample.deadlines, pinned: &pinned };
        let stack = stack(&papers, &facts).unwrap();
        assert_eq!(flaws(&cover(&papers, sample.editions.current().issued, &stack)), [], "the cover, round {round}");
        for of in &stack {
            assert_eq!(flaws(&of.pages), [], "{:?}, round {round}", of.kind);
        }
        let pages = |kind| stack.iter().find(|of| of.kind == kind).map(|of| squeezed(&of.pages));
        for student in sample.class.iter().flat_map(|class| &class.students) {
            let name = squeeze(&student.name.to_string());
            for kind in [PaperKind::AcknowledgementForm, PaperKind::Consents] {
                assert!(pages(kind).is_none_or(|text| text.contains(&name)), "{name} in {kind:?}, round {round}");
            }
            for parent in student.guardians.iter().filter_map(|guardian| guardian.name.as_ref()) {
                let name = squeeze(&parent.to_string());
                let form = pages(PaperKind::AcknowledgementForm);
                assert!(form.is_none_or(|text| text.contains(&name)), "{name}, round {round}");
            }
        }
        for member in sample.staff.iter().filter(|_| sample.class.is_none()) {
            let form = pages(PaperKind::AcknowledgementForm).expect("the form of the staff");
            let (name, post) = (squeeze(&member.name.to_string()), squeeze(&member.post));
            assert!(form.contains(&name) && form.contains(&post), "{name}, {post}, round {round}");
        }
        if let Some(sheets) = pages(PaperKind::Families) {
            let family = &sample.families[0];
            let children = family.children.iter().map(|child| &child.name);
            for name in family.guardians.iter().chain(children) {
                assert!(sheets.contains(&squeeze(&name.to_string())), "{name} on the sheet, round {round}");
            }
        }
        let memo = pages(PaperKind::ModeratorMemo).expect("a memo");
        for chat in &sample.chats {
            assert!(memo.contains(&squeeze(chat.title.as_str())), "{} in the memo, round {round}", chat.title);
        }
    }
}
