//! What changed between two lists, for people: class by class, each line with its reason and the rows of both files.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use crate::roster::identity::{
    Assessment, Change, GuardianField, GuardianMatch, KnownStudent, Matching, Outcome, Pair, Step, Verdict, Year,
};
use crate::school::{ClassName, Noun, Place, Student, count, dotted};

const PUPILS: Noun = Noun::new("ученик", "ученика", "учеников");
const QUESTIONS: Noun = Noun::new("вопрос", "вопроса", "вопросов");

/// The changes by class, what they amount to, and what to do.
pub fn changes<K: KnownStudent>(matching: &Matching<'_, K>, assessment: &Assessment) -> String {
    let mut lines = Lines::default();
    for pair in &matching.pairs {
        lines.pair(pair, assessment.year);
    }
    for student in &matching.added {
        lines.add(&student.class, &format!("+ {} — теперь в списке", who(student)), &[("", &student.place)]);
    }
    for student in matching.removed.iter().copied().map(KnownStudent::student) {
        lines.add(&student.class, &format!("− {} — нет в новом списке", who(student)), &[("", &student.place)]);
    }
    for proposal in &matching.proposals {
        let old = proposal.before.student();
        lines.question(&[old], &[proposal.after], "один ли это ученик", proposal.step.reason());
    }
    for group in &matching.ambiguous {
        let before: Vec<&Student> = group.before.iter().copied().map(KnownStudent::student).collect();
        lines.question(&before, &group.after, "кто из них кто", group.step.reason());
    }
    for one in &matching.doubled {
        lines.question(&[], &one.rows, "в каком он классе", Step::InTwoClasses.reason());
    }
    for found in &matching.suggestions {
        let (old, new) = (found.before.student(), found.after);
        let text = format!("Возможно, {} и {} — один ученик: {}", full(old), full(new), found.reason);
        lines.add(&new.class, &text, &[("было: ", &old.place), ("стало: ", &new.place)]);
    }
    format!("{}{}", lines.text(), closing(matching, assessment))
}

/// A pupil with the class and the row: «Иванов Пётр (04.05.2013), 7А — списки/7.xlsx, лист «7А», ячейка B9».
pub fn pupil_with_place(student: &Student) -> String {
    format!("{} — {}", full(student), student.place)
}

/// The lines of each class.
#[derive(Default)]
struct Lines {
    classes: BTreeMap<ClassName, Vec<String>>,
    /// Whole classes in the new school year, and how many pupils went along.
    up: BTreeMap<ClassName, BTreeMap<ClassName, usize>>,
}

impl Lines {
    fn add(&mut self, class: &ClassName, text: &str, places: &[(&str, &Place)]) {
        let places: Vec<String> = places.iter().map(|(word, place)| format!("{word}{place}")).collect();
        let lines = self.classes.entry(class.clone()).or_default();
        lines.push(format!("  {text}"));
        lines.push(format!("      {}", places.join("; ")));
    }

    fn pair<K: KnownStudent>(&mut self, pair: &Pair<'_, K>, year: Year) {
        let (old, new) = (pair.before.student(), pair.after);
        let both = [("было: ", &old.place), ("стало: ", &new.place)];
        let renamed = pair.changes.contains(&Change::Name);
        let named = if renamed { format!("{} → {}", old.name, new.name) } else { new.name.to_string() };
        let reason = pair.step.reason();
        match pair.outcome() {
            Outcome::Moved if year == Year::New && new.class.grade() == old.class.grade() + 1 && !renamed => {
                *self.up.entry(old.class.clone()).or_default().entry(new.class.clone()).or_default() += 1;
            }
            Outcome::Moved => {
                let text = format!("→ {} — перевод в {}", old.name, new.class);
                self.add(&old.class, &text, &[("", &old.place)]);
                self.add(&new.class, &format!("← {named} — перевод из {}: {reason}", old.class), &both);
            }
            Outcome::Renamed => self.add(&new.class, &format!("~ {named}: {reason}"), &both),
            Outcome::Unchanged => {
                let details = details(pair);
                if !details.is_empty() {
                    let text = format!("· {named} — изменилось: {}", details.join(", "));
                    self.add(&new.class, &text, &both);
                }
            }
        }
    }

    fn question(&mut self, before: &[&Student], after: &[&Student], question: &str, reason: &str) {
        let Some(first) = after.first() else { return };
        let lines = self.classes.entry(first.class.clone()).or_default();
        lines.push(format!("  ? Проверьте, {question}: {reason}"));
        for (word, students) in [("было: ", before), ("стало: ", after)] {
            lines.extend(students.iter().map(|student| format!("      {word}{}", pupil_with_place(student))));
        }
    }

    fn text(&self) -> String {
        let mut text = String::new();
        for (old, news) in &self.up {
            for (new, pupils) in news {
                let _ = writeln!(text, "{old} → {new}: {}", count(*pupils, PUPILS));
            }
        }
        if !self.up.is_empty() {
            text.push('\n');
        }
        for (class, lines) in &self.classes {
            let _ = writeln!(text, "{class}\n{}\n", lines.join("\n"));
        }
        text
    }
}

/// A pupil whose class stands above.
fn who(student: &Student) -> String {
    let date = student.birth_date.map(|date| format!(" ({})", dotted(date))).unwrap_or_default();
    format!("{}{date}", student.name)
}

/// A pupil with the class.
fn full(student: &Student) -> String {
    format!("{}, {}", who(student), student.class)
}

/// What else is new of a pupil whose class and name are the same.
fn details<K: KnownStudent>(pair: &Pair<'_, K>) -> Vec<&'static str> {
    let mut words = Vec::new();
    for change in &pair.changes {
        match change {
            Change::Spelling => words.push("написание имени"),
            Change::BirthDate => words.push("дата рождения"),
            Change::Guardians => words.extend(parents(&pair.guardians)),
            // A number of a personal file is nobody's business here.
            Change::StableId | Change::Class | Change::Name => {}
        }
    }
    words
}

fn parents(guardians: &[GuardianMatch]) -> BTreeSet<&'static str> {
    let words = guardians.iter().flat_map(|found| match found {
        GuardianMatch::Kept { changes, .. } => changes.iter().map(|field| words_of(*field)).collect(),
        GuardianMatch::Added { .. } => vec!["появился родитель"],
        GuardianMatch::Removed { .. } => vec!["родителя больше нет в списке"],
    });
    words.collect()
}

fn words_of(field: GuardianField) -> &'static str {
    match field {
        GuardianField::Name => "имя родителя",
        GuardianField::Phone => "телефон родителя",
        GuardianField::Email => "почта родителя",
        GuardianField::Kinship => "степень родства родителя",
    }
}

/// The counts, the verdict in words, and what to do.
fn closing<K: KnownStudent>(matching: &Matching<'_, K>, assessment: &Assessment) -> String {
    let [unchanged, moved, renamed] =
        [Outcome::Unchanged, Outcome::Moved, Outcome::Renamed].map(|outcome| matching.pairs_of(outcome).count());
    let counts = [
        ("переведено", moved),
        ("сменили имя", renamed),
        ("появилось", matching.added.len()),
        ("нет в новом списке", matching.removed.len()),
        ("ждёт ответа", matching.waiting()),
    ];
    let mut text = format!("Без изменений: {}", count(unchanged, PUPILS));
    for (word, number) in counts.into_iter().filter(|(_, number)| *number > 0) {
        let _ = write!(text, ", {word}: {number}");
    }
    text.push_str(".\n");
    if let Some(remark) = &matching.stable_ids {
        let _ = writeln!(text, "{remark}");
    }
    for breach in &assessment.breaches {
        let _ = writeln!(text, "{breach}");
    }
    text.push_str(&verdict(matching, assessment, moved + renamed));
    text.push('\n');
    text
}

fn verdict<K: KnownStudent>(matching: &Matching<'_, K>, assessment: &Assessment, changed: usize) -> String {
    let questions = match matching.waiting() {
        0 => String::new(),
        waiting => format!(
            " Без ответа — {}: сверьте строки, отмеченные знаком «?». До ответа с этими учениками ничего не делается.",
            count(waiting, QUESTIONS)
        ),
    };
    let nothing = changed + matching.added.len() + matching.removed.len() == 0;
    match assessment.verdict {
        _ if assessment.stops_everything() => {
            "Итог: с новым списком работать нельзя. Исправьте его и сравните снова.".to_owned()
        }
        Verdict::RefuseMassRemoval => format!(
            "Итог: пропало слишком много учеников ({}). Проверьте, что новый список полный.{questions}",
            assessment.removals
        ),
        Verdict::Rollover => format!("Итог: новый учебный год, классы стали на год старше.{questions}"),
        Verdict::NeedsReview => format!("Итог: нужен взгляд человека.{questions}"),
        Verdict::Ok if nothing => "Итог: в списках одни и те же ученики.".to_owned(),
        Verdict::Ok => "Итог: обычные изменения, вопросов нет.".to_owned(),
    }
}
