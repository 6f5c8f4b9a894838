//! A school's own templates filled in with sample values before anything is written: a letter that cannot be composed is
//! told of while the papers are not issued yet.

use minijinja::value::{Serde, Value};

use super::{
    CHANGE_HTML, CHANGE_TEXT, ChangeValues, File, HANDOVER_HTML, HANDOVER_TEXT, HTML, HandedValues, LetterTemplates,
    NewsValues, REMINDER_HTML, REMINDER_TEXT, TEXT, TemplateFault, Values, environment,
};
use crate::school::Template;

/// What a letter says or leaves out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    Awaited,
    Table,
    Linked,
    ChatsBy,
    AcknowledgementBy,
    JoiningBy,
    Replaces,
    Phone,
    Handed,
    News,
    Removals,
    Admissions,
    Void,
    Slips,
    Posters,
    Forms,
    Again,
    Copies,
    Newcomers,
    LinksVoid,
    WorkOnChats,
    Gone,
    NewYear,
}

/// What every letter may say.
const OF_ALL: [Part; 8] = [
    Part::Awaited,
    Part::Table,
    Part::Linked,
    Part::ChatsBy,
    Part::AcknowledgementBy,
    Part::JoiningBy,
    Part::Replaces,
    Part::Phone,
];

/// What the letter to a former moderator may say: of one chat, or of several.
const OF_HANDOVER: [Part; 3] = [Part::Handed, Part::ChatsBy, Part::Phone];

/// What the letter of a change may say besides.
const OF_CHANGE: [Part; 14] = [
    Part::News,
    Part::Removals,
    Part::Admissions,
    Part::Void,
    Part::Slips,
    Part::Posters,
    Part::Forms,
    Part::Again,
    Part::Copies,
    Part::Newcomers,
    Part::LinksVoid,
    Part::WorkOnChats,
    Part::Gone,
    Part::NewYear,
];

impl LetterTemplates<'_> {
    /// What is wrong with the templates that are the school's own, the first fault of each. Each is filled in with everything
    /// that a letter can say in every combination, and the letter of a change, which can say much, with everything, with
    /// nothing, and with each one and each two of them turned.
    pub fn faults(&self, is_own: impl Fn(Template) -> bool) -> Vec<TemplateFault> {
        let of_change = [&OF_ALL[..], &OF_CHANGE].concat();
        let templates = [
            (TEXT, self.class.text, &OF_ALL[..]),
            (HTML, self.class.html, &OF_ALL),
            (CHANGE_TEXT, self.change.text, &of_change),
            (CHANGE_HTML, self.change.html, &of_change),
            (REMINDER_TEXT, self.reminder.text, &OF_ALL),
            (REMINDER_HTML, self.reminder.html, &OF_ALL),
            (HANDOVER_TEXT, self.handover.text, &OF_HANDOVER),
            (HANDOVER_HTML, self.handover.html, &OF_HANDOVER),
        ];
        let own = templates.into_iter().filter(|(template, ..)| is_own(*template));
        own.filter_map(|(template, text, parts)| rehearse(template.name, text, parts).err()).collect()
    }
}

/// Fills in a template in every case.
fn rehearse(file: &'static str, source: &str, parts: &[Part]) -> Result<(), TemplateFault> {
    let fault = |error: minijinja::Error| TemplateFault::of(file, &error);
    let environment = environment().map_err(fault)?;
    let template = environment.template_from_named_str(file, source).map_err(fault)?;
    let is_of_change = parts.len() > OF_ALL.len();
    let earlier = ["7А: изменения от 08.09.2026 № 1", "7А: изменения от 09.09.2026 № 1"].map(str::to_owned);
    for said in cases(parts) {
        let replaces = if said.contains(&Part::Replaces) { &earlier[..] } else { &[] };
        let values = values(&said, replaces, is_of_change);
        let text = template.render(Value::from(Serde(&values))).map_err(fault)?;
        if text.trim().is_empty() {
            return Err(TemplateFault {
                file, line: None, reason: "письмо получается пустым".to_owned()
            });
        }
    }
    Ok(())
}

/// Every combination of a few parts; of many everything and nothing, each with no part, one part and two parts turned.
fn cases(parts: &[Part]) -> Vec<Vec<Part>> {
    if parts.len() <= OF_ALL.len() {
        let said = |case: usize| parts.iter().enumerate().filter(move |(at, _)| (case >> at) & 1 == 1);
        return (0..1_usize << parts.len()).map(|case| said(case).map(|(_, part)| *part).collect()).collect();
    }
    let numbers = 0..parts.len();
    let pairs = numbers.clone().flat_map(move |one| (one..parts.len()).map(move |other| [Some(one), Some(other)]));
    let turned = std::iter::once([None, None]).chain(pairs);
    let turned = turned.flat_map(move |turned: [Option<usize>; 2]| {
        [true, false].map(|is_full| {
            let said = parts.iter().enumerate().filter(|(at, _)| turned.contains(&Some(*at)) != is_full);
            said.map(|(_, part)| *part).collect()
        })
    });
    turned.collect()
}

fn values<'a>(said: &[Part], replaces: &'a [String], is_of_change: bool) -> Values<'a> {
    let has = |part| said.contains(&part);
    let number = |part| if has(part) { 2 } else { 0 };
    let by = |part| has(part).then(|| "20 сентября 2026 г.".to_owned());
    let file =
        |name: &str| File { name: name.to_owned(), kind: "талоны", pages: "2 страницы".to_owned() };
    Values {
        school: "Школа № 31",
        inside: "в MAX",
        class: "7А".to_owned(),
        teacher: "Вера Юрьевна".to_owned(),
        enclosures: vec![file("7А Талоны.pdf"), file("7А Памятка модератора.pdf")],
        table: has(Part::Table),
        linked: number(Part::Linked),
        open: {
            let items =
                ["собрать подписи об ознакомлении: ждём от 3 человек", "прислать ссылки: ждём 2 — до 5 сентября"];
            items[..if has(Part::Awaited) { 2 } else { 1 }].iter().map(|item| (*item).to_owned()).collect()
        },
        today: "10.09.2026".to_owned(),
        awaited: if has(Part::Awaited) {
            vec!["7А — родители", "7А — Алгебра"]
        } else {
            Vec::new()
        },
        chats_by: by(Part::ChatsBy),
        acknowledgement_by: by(Part::AcknowledgementBy),
        joining_by: by(Part::JoiningBy),
        curator: "Лунин Олег Ильич".to_owned(),
        curator_post: "заместитель директора",
        phone: if has(Part::Phone) { "8 (800) 000-00-00" } else { "" },
        version: 1,
        replaces,
        handed: {
            let titles = ["7А — родители", "7А — обучающиеся"].into_iter().take(if has(Part::Handed) { 2 } else { 1 });
            titles.map(|title| HandedValues { title, moderator: "Яхонтова Лидия Игоревна" }).collect()
        },
        change: is_of_change.then(|| ChangeValues {
            date: "08.09.2026".to_owned(),
            number: 1,
            news: if has(Part::News) {
                [("прибыло", 1), ("выбыло", 2)].map(|(words, count)| NewsValues { words, count }).into()
            } else {
                Vec::new()
            },
            removals: number(Part::Removals),
            admissions: number(Part::Admissions),
            void: number(Part::Void),
            slips: number(Part::Slips),
            posters: number(Part::Posters),
            forms: number(Part::Forms),
            again: has(Part::Again),
            copies: number(Part::Copies),
            newcomers: number(Part::Newcomers),
            links_void: number(Part::LinksVoid),
            work_on_chats: number(Part::WorkOnChats),
            gone: has(Part::Gone),
            new_year: has(Part::NewYear),
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::{CHANGE_TEXT, LetterTemplates, TEXT};
    use crate::mail::TEMPLATES;
    use crate::school::Template;

    /// What is wrong with a school's own text of a template.
    #[track_caller]
    fn check(template: Template, own: &str, expected: &[&str]) {
        let templates = LetterTemplates::read(|one| if one == template { own } else { one.text });
        let faults = templates.faults(|one| one == template);
        let shown = faults.iter().map(|fault| format!("{}: {fault}", fault.file));
        assert_eq!(shown.collect::<Vec<_>>(), expected);
    }

    #[test]
    fn the_built_in_templates_can_be_filled_in_in_every_case() {
        for template in TEMPLATES {
            check(template, template.text, &[]);
        }
    }

    #[test]
    fn a_word_that_no_letter_has_is_found_wherever_it_stands() {
        let unknown = |line: u32| format!("letters/class.txt: строка {line}: такого слова у письма нет");
        check(TEXT, "Здравствуйте!\n{{ techer }}", &[&unknown(2)]);
        check(
            TEXT,
            "Здравствуйте!\n\n{% if awaited %}\n{% if not table %}\n{{ tabel }}\n{% endif %}\n{% endif %}",
            &[&unknown(5)],
        );
        check(TEXT, "{% for one in enclosures %}{{ one.title }}{% endfor %}", &[&unknown(1)]);
        check(TEXT, "{{ removals }}", &[&unknown(1)]);
        let own = CHANGE_TEXT.text.replace("{% elif slips %}", "{% elif slip %}");
        let line = own.lines().position(|line| line.contains("elif slip ")).unwrap() + 1;
        check(CHANGE_TEXT, &own, &[&format!("letters/change.txt: строка {line}: такого слова у письма нет")]);
    }

    #[test]
    fn a_template_that_cannot_be_read_is_found() {
        check(TEXT, "{% if %}", &["letters/class.txt: строка 1: ошибка в записи (unexpected end of block)"]);
        check(
            TEXT,
            "{{ teacher | shout }}",
            &["letters/class.txt: строка 1: такой функции нет (filter shout is unknown)"],
        );
        check(TEXT, " \n", &["letters/class.txt: письмо получается пустым"]);
        check(TEXT, "{% if table %}Таблица{% endif %}", &["letters/class.txt: письмо получается пустым"]);
    }
}
