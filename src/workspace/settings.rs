//! `zavuch.toml` read into [`Settings`], and its template for `init`.
//!
//! Every key, every default and every limit of the settings stands here or in the modules below, one for each hard
//! part. What the values mean for chats, papers and letters is the business of the other rooms.

mod columns;
mod links;
mod mail;
mod names;
mod template;
mod titles;

use std::collections::{BTreeMap, BTreeSet};

use crate::school::{
    ChatKind, ChatSettings, Checked, ClassName, Deadlines, GradeRange, Hours, NewYear, Official, OptionalPaper,
    PaperSettings, PersonName, Preset, School, Settings, SlipsPerPage, WeekDays,
};

use super::document::{self, Problem, Table};
use super::regulations::{self, Draft, OwnValues, unknown_word};
use super::templates::Templates;

pub use columns::read_column_words;
pub use template::{InitAnswers, filled, sample_values, settings_template};

/// The longest full name of a school, in characters.
const LONGEST_FULL_NAME: usize = 300;
/// The longest short name of a school, in characters: it stands on one or two lines of a sheet.
const LONGEST_SHORT_NAME: usize = 120;
/// The longest of other texts that stand on papers, in characters.
const LONGEST_LINE: usize = 200;
/// The longest title of an act, in characters.
const LONGEST_TITLE: usize = 300;
/// Blank rows of the acknowledgement form, where the settings say nothing.
const BLANK_ROWS: u8 = 5;

/// Reads the settings of a workspace; `file` is the name that messages call them by.
///
/// The regulation is the preset's from `templates` with the school's own values over it. The value is `None` when
/// there is anything wrong: every problem is an issue with its line.
pub fn read_settings(text: &str, file: &str, templates: &Templates) -> Checked<Option<Settings>> {
    let mut of_templates = Vec::new();
    let Checked { value, mut issues } = document::read(text, file, |root| {
        settings(root, |preset| regulations::load(preset, templates).collect_into(&mut of_templates))
    });
    issues.extend(of_templates);
    Checked::new(value.filter(|_| issues.is_empty()), issues)
}

/// The full name of the school that a settings file is of, whatever else is wrong in it.
pub fn school_name(text: &str) -> Option<String> {
    let settings = text.parse::<toml::Table>().ok()?;
    let name = settings.get("school")?.get("full_name")?.as_str()?;
    Some(name.split_whitespace().collect::<Vec<_>>().join(" ")).filter(|name| !name.is_empty())
}

/// The name of an official as the settings take it; otherwise a sentence that says what to write.
///
/// # Errors
/// When the text is no whole name.
pub fn official_name(text: &str) -> Result<PersonName, String> {
    names::official(text).map_err(|problem| problem.sentence())
}

fn settings(root: &mut Table<'_, '_>, draft_of: impl FnOnce(Preset) -> Option<Draft>) -> Option<Settings> {
    let names = root.required_section("school", school_names);
    let director = official(root, "director", "директор");
    let curator = official(root, "curator", "заместитель директора");
    let administrator = official(root, "administrator", "администратор платформы");
    let SchoolNames { full_name, short_name, city, address, site, phone } = names;
    let short_name = short_name.unwrap_or_default();

    let (draft, own) = root.required_section("regulation", |section| {
        let draft = section.required_parsed("preset", preset).and_then(draft_of);
        let own = OwnValues { school: short_name.clone(), ..own_values(section, draft.as_ref()) };
        (draft, own)
    });
    let kinds = draft.as_ref().map(|draft| draft.chats().clone()).unwrap_or_default();
    let chats = root.section("chats", |section| chats(section, kinds));
    let deadlines = root.section("deadlines", deadlines);
    let papers = root.section("papers", |section| papers(section, &own, draft.as_ref()));
    let links = root.section("links", links::read);
    let mail = root.section("mail", |section| mail::read(section, &short_name));
    // Class lists are read even where other settings are wrong, so their columns are read apart, and only judged here.
    columns::read(root);
    Some(Settings {
        school: School {
            full_name: full_name?,
            short_name,
            city: city?,
            address: address.unwrap_or_default(),
            site: site.unwrap_or_default(),
            phone: phone.unwrap_or_default(),
            director: director?,
            curator: curator?,
            administrator: administrator?,
        },
        regulation: draft?.with(&own),
        chats,
        deadlines,
        papers,
        links,
        mail,
    })
}

/// What `[school]` says; `None` where it says nothing or something wrong.
struct SchoolNames {
    full_name: Option<String>,
    short_name: Option<String>,
    city: Option<String>,
    address: Option<String>,
    site: Option<String>,
    phone: Option<String>,
}

fn school_names(section: &mut Table<'_, '_>) -> SchoolNames {
    SchoolNames {
        full_name: section.required_text("full_name", LONGEST_FULL_NAME),
        short_name: section.required_text("short_name", LONGEST_SHORT_NAME),
        city: section.required_text("city", LONGEST_LINE),
        address: section.text("address", LONGEST_LINE),
        site: section.parsed("site", site),
        phone: section.parsed("phone", phone),
    }
}

fn official(root: &mut Table<'_, '_>, key: &str, post: &str) -> Option<Official> {
    root.required_section(key, |section| {
        let name = section.required_parsed("name", names::official);
        let post = section.text("post", LONGEST_LINE).unwrap_or_else(|| post.to_owned());
        Some(Official { name: name?, post })
    })
}

/// The school's own values for the regulation, all but the name of the school.
fn own_values(section: &mut Table<'_, '_>, draft: Option<&Draft>) -> OwnValues {
    let preset_hours = draft.and_then(Draft::hours);
    let days = section.parsed("days", regulations::week_days);
    let week = days.or(preset_hours.map(|hours| hours.days)).unwrap_or(WeekDays::Weekdays);
    let own_hours = section.parsed("hours", |text| regulations::span(week, text));
    if let (Some(_), None, None, Some(_)) = (days, own_hours, preset_hours, draft) {
        let message = "Дни названы, а часов нет ни здесь, ни в образце регламента.";
        section.refuse("days", &Problem::new(message, "Добавьте строку hours = \"07:00-17:00\" или уберите эту."));
    }
    let hours = own_hours.or(preset_hours.map(|hours| Hours { days: week, ..hours }));
    OwnValues {
        school: String::new(),
        act_title: section.text("act_title", LONGEST_TITLE),
        act_title_instrumental: section.text("act_title_instrumental", LONGEST_TITLE),
        approval: section.list("approval", LONGEST_TITLE, regulations::checked_wording),
        date: section.date("date"),
        number: section.text("number", 40),
        platform: section.parsed("platform", regulations::platform),
        class_hours: section.section("class_hours", |section| class_hours(section, hours)),
        hours,
        commission: section.text("commission", LONGEST_LINE),
        other_channel: section.text("other_channel", LONGEST_LINE),
    }
}

/// Hours of single classes: shorter than those of the act, never longer (50.4).
fn class_hours(section: &mut Table<'_, '_>, act: Option<Hours>) -> BTreeMap<ClassName, Hours> {
    let mut by_class = BTreeMap::new();
    for entry in section.entries() {
        let class = entry.key.parse::<ClassName>().map_err(|error| {
            Problem::new(format!("{error}."), "Слева от «=» стоит название класса в кавычках, например \"7А\".")
        });
        let Some(class) = section.judged(&entry, class) else { continue };
        let Some(text) = section.text_of(&entry, LONGEST_LINE) else { continue };
        let days = act.map_or(WeekDays::Weekdays, |act| act.days);
        let hours = regulations::span(days, &text).and_then(|hours| match act {
            None => Err(Problem::new(
                "У класса есть часы, а общих часов нет.",
                "Добавьте строку hours = \"07:00-17:00\" в раздел [regulation].",
            )),
            Some(act) if hours.from < act.from || act.to < hours.to => Err(Problem::new(
                format!("Часы класса {} выходят за общие {}.", hours.span(), act.span()),
                "Класс может только сократить общее время.",
            )),
            Some(_) if by_class.contains_key(&class) => {
                Err(Problem::new(format!("Класс {class} уже назван выше."), "Оставьте одну из строк."))
            }
            Some(_) => Ok(hours),
        });
        if let Some(hours) = section.judged(&entry, hours) {
            by_class.insert(class, hours);
        }
    }
    by_class
}

fn chats(section: &mut Table<'_, '_>, mut kinds: BTreeSet<ChatKind>) -> ChatSettings {
    for kind in ChatKind::ALL {
        match section.flag(kind.id()) {
            Some(true) => {
                kinds.insert(kind);
            }
            Some(false) => {
                kinds.remove(&kind);
            }
            None => {}
        }
    }
    ChatSettings {
        kinds,
        subject_grades: section.parsed("subject_grades", grades).unwrap_or(GradeRange { from: 1, to: 12 }),
        titles: section.section("titles", titles::read),
        administrator_in_class_chats: section.flag("administrator_in_class_chats").unwrap_or(false),
        new_year: section.parsed("new_year", new_year).unwrap_or_default(),
    }
}

fn deadlines(section: &mut Table<'_, '_>) -> Deadlines {
    let deadlines = Deadlines {
        chats: section.date("chats"),
        acknowledgement: section.date("acknowledgement"),
        joining: section.date("joining"),
    };
    for (key, date) in [("acknowledgement", deadlines.acknowledgement), ("joining", deadlines.joining)] {
        if let (Some(chats), Some(date)) = (deadlines.chats, date)
            && date < chats
        {
            let message = "Этот срок раньше срока chats, а без чатов его не выполнить.";
            section.refuse(key, &Problem::new(message, "Исправьте один из сроков."));
        }
    }
    deadlines
}

fn papers(section: &mut Table<'_, '_>, own: &OwnValues, draft: Option<&Draft>) -> PaperSettings {
    let has_other_channel = own.other_channel.is_some();
    let slips = section.integer("slips_per_page", 1..=100).unwrap_or(8);
    let slips_per_page = match slips {
        4 => SlipsPerPage::Four,
        6 => SlipsPerPage::Six,
        8 => SlipsPerPage::Eight,
        10 => SlipsPerPage::Ten,
        _ => {
            let message = format!("По {slips} на листе талоны не печатаются.");
            section.refuse("slips_per_page", &Problem::new(message, "Напишите 4, 6, 8 или 10."));
            SlipsPerPage::Eight
        }
    };
    let blank_rows = section.integer("blank_rows", 0..=40).and_then(|rows| u8::try_from(rows).ok());
    let column = section.flag("other_channel_column");
    if column == Some(true) && !has_other_channel {
        let message = "Графа включена, а другой канал связи не назван.";
        let advice = "Впишите other_channel в раздел [regulation] или поставьте здесь false.";
        section.refuse("other_channel_column", &Problem::new(message, advice));
    }
    PaperSettings {
        slips_per_page,
        blank_rows: blank_rows.unwrap_or(BLANK_ROWS),
        other_channel_column: column.unwrap_or(has_other_channel),
        optional: optional_papers(section, draft.is_none_or(Draft::has_consent)),
    }
}

/// The papers that a school may do without; consents are made only where the act asks for a permission.
fn optional_papers(section: &mut Table<'_, '_>, has_consent: bool) -> BTreeSet<OptionalPaper> {
    let mut wanted = BTreeSet::new();
    for paper in OptionalPaper::ALL {
        let is_possible = paper != OptionalPaper::Consents || has_consent;
        let flag = section.flag(paper.id());
        if flag == Some(true) && !is_possible {
            let message = "Согласия включены, а в регламенте нет пункта о письменном разрешении.";
            let advice = "Поставьте здесь false или впишите раздел [[consent]] в свою копию регламента.";
            section.refuse(paper.id(), &Problem::new(message, advice));
        }
        if flag.unwrap_or(paper.is_usual()) && is_possible {
            wanted.insert(paper);
        }
    }
    wanted
}

fn preset(text: &str) -> Result<Preset, Problem> {
    let preset = Preset::ALL.into_iter().find(|preset| preset.id() == text.to_lowercase());
    preset.ok_or_else(|| unknown_word(text, &Preset::ALL.map(Preset::id)))
}

/// What becomes of the chats of a class, as people say it, or by its name in other files.
fn new_year(text: &str) -> Result<NewYear, Problem> {
    match text.to_lowercase().as_str() {
        "retitle" | "переименовать" => Ok(NewYear::Retitle),
        "close" | "закрыть" => Ok(NewYear::Close),
        _ => Err(unknown_word(text, &["переименовать", "закрыть"])),
    }
}

fn site(text: &str) -> Result<String, Problem> {
    let name = text.trim_start_matches("https://").trim_start_matches("http://");
    if name.contains('.') && !name.contains(char::is_whitespace) && text.chars().count() <= LONGEST_LINE {
        return Ok(text.to_owned());
    }
    Err(Problem::new(format!("«{text}» — не адрес сайта."), "Напишите адрес вида https://school.example.org."))
}

fn phone(text: &str) -> Result<String, Problem> {
    let digits = text.chars().filter(char::is_ascii_digit).count();
    if (5..=20).contains(&digits) && text.chars().count() <= 60 {
        return Ok(text.to_owned());
    }
    Err(Problem::new(format!("«{text}» — не телефон."), "Напишите номер вида 8 (800) 000-00-00."))
}

fn grades(text: &str) -> Result<GradeRange, Problem> {
    let (from, to) = text.split_once(['-', '–', '—']).unwrap_or((text, text));
    let grade = |text: &str| text.trim().parse().ok().filter(|grade| (1..=12).contains(grade));
    match (grade(from), grade(to)) {
        (Some(from), Some(to)) if from <= to => Ok(GradeRange { from, to }),
        _ => Err(Problem::new(
            format!("«{text}» — не классы."),
            "Напишите классы от и до, числами от 1 до 12: \"5-11\".",
        )),
    }
}

#[cfg(test)]
mod tests;
