//! The table of chats in foreign messengers: `старые_чаты.xlsx` (62.2, 65.5.1).
//!
//! Links are dropped where they stand: none of a foreign messenger is kept or shown.

use std::collections::BTreeSet;

use jiff::civil::Date;

use crate::school::{
    Checked, ClassName, Issue, IssueKind, OldAudience, OldChat, OldChatKey, OldChatState, OldChats, PersonName, Whose,
    fold, quotable, visible,
};
use crate::tables::{Source, Workbook};

use super::cell_text::is_absent;
use super::dates::written;
use super::names::person_name;
use super::nearest::nearest;
use super::sheet_table::{Column, Layout, TableRow, rows};
use super::staff::is_vacancy;

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Field {
    Messenger,
    Title,
    Whose,
    Audience,
    Leader,
    Size,
    Until,
    State,
}

const LAYOUT: Layout<Field> = Layout {
    columns: &[
        Column {
            field: Field::Messenger, headers: &["мессенджер", "где", "приложение"], roots: &["мессендж"]
        },
        Column {
            field: Field::Title,
            headers: &["название", "название чата", "название группы", "чат", "старый чат", "прежний чат"],
            roots: &["названи", "наименовани"],
        },
        Column {
            field: Field::Whose,
            headers: &["класс или группа", "класс", "класс группа", "группа", "чей чат"],
            roots: &["класс"],
        },
        Column {
            field: Field::Audience,
            headers: &["для кого", "кто в чате", "кому", "аудитория"],
            roots: &["аудитори"],
        },
        Column {
            field: Field::Leader,
            headers: &["кто ведет", "ведет", "ведущий", "ответственный", "администратор", "админ", "модератор"],
            roots: &["ответственн", "модератор", "администратор"],
        },
        Column {
            field: Field::Size,
            headers: &["участников", "участники", "сколько участников", "число участников", "количество участников"],
            roots: &["участник"],
        },
        Column {
            field: Field::Until,
            headers: &["до какого числа", "срок", "срок переезда", "перенести до", "до", "закрыть до"],
            roots: &["срок"],
        },
        Column {
            field: Field::State,
            headers: &["состояние", "статус", "что сделано"],
            roots: &["состояни", "статус"],
        },
    ],
    needed: &[&[Field::Title, Field::Whose], &[Field::Title, Field::Messenger]],
    needed_words: "«Мессенджер», «Название», «Класс или группа»",
};

/// The words that the column of the members takes, in the order of the drop-down list of the blank table.
pub(crate) const AUDIENCES: [&str; 4] = ["родители", "обучающиеся", "учителя", "предмет"];

/// The words that the column of the state takes, in the order of the drop-down list of the blank table.
pub(crate) const STATES: [&str; 4] = ["не начат", "объявлено", "переехали", "закрыт"];

/// Reads the table of old chats; `today` decides what a two-digit year means.
pub fn read_old_chats(source: &Source, today: Date) -> Checked<OldChats> {
    match crate::tables::read(source) {
        Ok(workbook) => old_chats_of(&workbook, &source.label, today),
        Err(issue) => Checked::new(OldChats::default(), vec![issue]),
    }
}

fn old_chats_of(workbook: &Workbook, file: &str, today: Date) -> Checked<OldChats> {
    let table = rows(workbook, file, &LAYOUT);
    let mut issues = table.issues;
    let mut chats = Vec::new();
    let mut known = BTreeSet::new();
    for row in &table.value {
        let chat = Row { row, today }.read(&mut issues);
        if known.insert(chat.key.clone()) {
            chats.push(chat);
        } else {
            let message = format!("Чат {} уже назван в строке выше.", chat.words());
            let advice = "Оставьте одну строку; пока действует первая. Два чата с одним названием назовите по-разному.";
            issues.push(Issue::new(IssueKind::OldChatRepeated, chat.place, message, advice));
        }
    }
    Checked::new(OldChats { chats }, issues)
}

/// A row on its way to a chat.
struct Row<'a> {
    row: &'a TableRow<Field>,
    today: Date,
}

impl Row<'_> {
    fn read(&self, issues: &mut Vec<Issue>) -> OldChat {
        let messenger = self.plain(Field::Messenger, issues);
        let title = match self.plain(Field::Title, issues) {
            title if title.is_empty() => "без названия".to_owned(),
            title => title,
        };
        let whose = self.whose(issues);
        let members_are = self.audience(&title, issues);
        let key = OldChatKey::of(&messenger, &whose, &title, members_are.as_ref());
        OldChat {
            key,
            messenger,
            title,
            whose,
            members_are,
            leader: self.leader(issues),
            size: self.size(issues),
            until: self.until(issues),
            state: self.state(issues),
            place: self.row.place(Field::Title),
            leader_place: self.row.place(Field::Leader),
        }
    }

    /// The text of a cell without links.
    fn plain(&self, field: Field, issues: &mut Vec<Issue>) -> String {
        let text = visible(self.row.text(field));
        let kept: Vec<&str> = text.split(' ').filter(|word| !is_link(word)).collect();
        let kept = kept.join(" ");
        if kept != text {
            let message = "В ячейке была ссылка на чужой мессенджер; она не прочитана и нигде не хранится.";
            issues.push(Issue::new(IssueKind::ForeignLink, self.row.place(field), message, "Уберите её из таблицы."));
        }
        if is_absent(&kept) { String::new() } else { kept }
    }

    fn whose(&self, issues: &mut Vec<Issue>) -> Whose {
        let text = self.plain(Field::Whose, issues);
        if text.is_empty() {
            return Whose::Unsaid;
        }
        text.parse::<ClassName>().map_or(Whose::Group(text), Whose::Class)
    }

    /// Who is in the chat: what the cell says, else the name where it says so in one way.
    fn audience(&self, title: &str, issues: &mut Vec<Issue>) -> Option<OldAudience> {
        let said = self.plain(Field::Audience, issues);
        let by_words = |text: &str| {
            let text = text.to_lowercase().replace('ё', "е");
            let has = |roots: &[&str]| {
                let mut words = text.split(|letter: char| !letter.is_alphabetic());
                words.any(|word| roots.iter().any(|root| word.starts_with(root)))
            };
            let found: Vec<OldAudience> = [
                (OldAudience::Parents, &["родител", "мам", "пап"][..]),
                (OldAudience::Students, &["обучающ", "учащ", "ученик", "дети", "ребята"]),
                (OldAudience::Teachers, &["учител", "педагог", "коллег", "сотрудник"]),
            ]
            .into_iter()
            .filter_map(|(audience, roots)| has(roots).then_some(audience))
            .collect();
            found
        };
        let text = if said.is_empty() { title } else { said.as_str() };
        let mut found = by_words(text);
        match (found.pop(), found.is_empty()) {
            (Some(audience), true) => Some(audience),
            // The name of the chat tells which subject.
            (None, _) if fold(&said) == "предмет" => Some(OldAudience::Subject(title.to_owned())),
            (None, _) if !said.is_empty() => Some(OldAudience::Subject(said)),
            _ => None,
        }
    }

    fn leader(&self, issues: &mut Vec<Issue>) -> Option<PersonName> {
        let text = self.plain(Field::Leader, issues);
        if text.is_empty() || is_vacancy(&text) {
            return None;
        }
        // Whoever it is may be no member of the staff: the message does not repeat the name.
        let wrong = || {
            let message = "В этой ячейке не одно имя: кто ведёт чат, не взято.";
            let advice = "Впишите фамилию, имя и отчество сотрудника, как в таблице «штат».";
            Issue::new(IssueKind::OldChatLeader, self.row.place(Field::Leader), message, advice)
        };
        person_name(&text).map_err(|_| issues.push(wrong())).ok()
    }

    fn size(&self, issues: &mut Vec<Issue>) -> Option<u32> {
        let text = self.plain(Field::Size, issues);
        if text.is_empty() {
            return None;
        }
        let number = text.parse().ok().filter(|number| (0..=100_000).contains(number));
        if number.is_none() {
            let message = format!("«{}» — не число участников.", quotable(&text));
            let place = self.row.place(Field::Size);
            issues.push(Issue::new(IssueKind::UnknownMark, place, message, "Впишите одно число или оставьте пусто."));
        }
        number
    }

    fn until(&self, issues: &mut Vec<Issue>) -> Option<Date> {
        let text = self.plain(Field::Until, issues);
        if text.is_empty() {
            return None;
        }
        // «15.01.27» is a day to come, not one of the last century.
        let in_this_century =
            |date: Date| if date.year() < 2000 { date.with().year(date.year() + 100).build() } else { Ok(date) };
        let date = written(&text, self.today).ok().and_then(|date| in_this_century(date).ok());
        if date.is_none() {
            let message = format!("«{}» — не дата.", quotable(&text));
            let advice = "Напишите день, месяц и год: 15.09.2026.";
            issues.push(Issue::new(IssueKind::BadDate, self.row.place(Field::Until), message, advice));
        }
        date
    }

    fn state(&self, issues: &mut Vec<Issue>) -> OldChatState {
        let text = self.plain(Field::State, issues);
        if text.is_empty() {
            return OldChatState::NotBegun;
        }
        let folded = fold(&text);
        let known = OldChatState::ALL.into_iter().find(|state| fold(state.words()) == folded);
        let known = known.or(match folded.as_str() {
            "нет" | "неначато" => Some(OldChatState::NotBegun),
            "объявлен" | "объявили" => Some(OldChatState::Announced),
            "переехал" | "перенесен" | "перенесено" | "перешли" => {
                Some(OldChatState::Moved)
            }
            "закрыто" | "закрыли" | "удален" | "удалено" => Some(OldChatState::Closed),
            _ => None,
        });
        known.unwrap_or_else(|| {
            let message = format!("Состояние «{}» не понято, чат считается не начатым.", quotable(&text));
            let advice = nearest(&text, STATES).map_or_else(
                || format!("Возможны: {}.", STATES.join(", ")),
                |meant| format!("Возможно, это «{meant}»."),
            );
            issues.push(Issue::new(IssueKind::UnknownMark, self.row.place(Field::State), message, advice));
            OldChatState::NotBegun
        })
    }
}

/// Whether a word leads somewhere: an address, one without its beginning, a name such as «@school».
fn is_link(word: &str) -> bool {
    let word = word.to_lowercase();
    let is_address = || {
        let Some((host, _)) = word.split_once('/') else { return false };
        host.split_once('.').is_some_and(|(name, rest)| !name.is_empty() && rest.starts_with(char::is_alphabetic))
    };
    let is_named =
        || word.strip_prefix('@').is_some_and(|name| name.starts_with(|letter: char| letter.is_ascii_alphabetic()));
    ["://", "www.", "tg:", "viber:", "whatsapp.com", "t.me", "wa.me", "vk.me"].iter().any(|part| word.contains(part))
        || is_address()
        || is_named()
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::super::sheet_table::tests::{short, workbook};
    use super::{STATES, is_link, old_chats_of};
    use crate::school::OldChatState;

    const HEADER: &str = "Мессенджер|Название|Класс или группа|Для кого|Кто ведёт|Участников|До какого числа|Состояние";

    #[track_caller]
    fn check(rows: &[&str], expected: &[&str], issues: &[&str]) {
        let lines: Vec<&str> = std::iter::once(HEADER).chain(rows.iter().copied()).collect();
        let read = old_chats_of(&workbook(&lines), "старые_чаты.xlsx", date(2026, 9, 1));
        let shown = read.value.chats.iter().map(|chat| {
            let until = chat.until.map(|date| date.to_string()).unwrap_or_default();
            let size = chat.size.map(|size| size.to_string()).unwrap_or_default();
            let leader = chat.leader.as_ref().map(ToString::to_string).unwrap_or_default();
            let audience = chat.members_are.as_ref().map(|one| format!("{one:?}")).unwrap_or_default();
            format!("{}|{}|{audience}|{leader}|{size}|{until}|{}", chat.words(), chat.whose_words(), chat.state.words())
        });
        assert_eq!(shown.collect::<Vec<_>>(), expected);
        assert_eq!(short(&read.issues), issues);
    }

    #[test]
    fn a_row_is_a_chat() {
        check(
            &["WhatsApp|Родители 7А|7 «А»||Петрова Ольга Сергеевна|27|15.09.2026|объявлено"],
            &["WhatsApp «Родители 7А»|7А|Parents|Петрова Ольга Сергеевна|27|2026-09-15|объявлено"],
            &[],
        );
        check(
            &["Viber|Наш класс|7А|родители|||15.01.27|"],
            &["Viber «Наш класс»|7А|Parents|||2027-01-15|не начат"],
            &[],
        );
        check(&["Telegram|Алгебра|8Б|алгебра||||"], &["Telegram «Алгебра»|8Б|Subject(\"алгебра\")||||не начат"], &[]);
        check(&["Telegram|Роботы|Робототехника|||||"], &["Telegram «Роботы»|Робототехника|||||не начат"], &[]);
    }

    #[test]
    fn the_name_tells_the_subject_where_the_cell_says_that_it_is_one() {
        let expected = "Telegram «Алгебра 8Б»|8Б|Subject(\"Алгебра 8Б\")||||не начат";
        check(&["Telegram|Алгебра 8Б|8Б|предмет||||"], &[expected], &[]);
    }

    #[test]
    fn the_name_tells_whose_chat_it_is_only_in_one_way() {
        check(&["WhatsApp|Родители и дети|7А|||||"], &["WhatsApp «Родители и дети»|7А|||||не начат"], &[]);
        check(&["WhatsApp|7А|7А|||||"], &["WhatsApp «7А»|7А|||||не начат"], &[]);
    }

    #[test]
    fn what_is_wrong_is_said_and_the_chat_stays() {
        check(
            &["WhatsApp|Дети 7А|7А|||много|скоро|скоро"],
            &["WhatsApp «Дети 7А»|7А|Students||||не начат"],
            &["F2 unknown_mark", "G2 bad_date", "H2 unknown_mark"],
        );
        check(
            &["WhatsApp|Дети 7А|7А||мама 7 (звонить вечером)|||", "whatsapp|дети 7а|7А|||||"],
            &["WhatsApp «Дети 7А»|7А|Students||||не начат"],
            &["E2 old_chat_leader", "B3 old_chat_repeated"],
        );
    }

    #[test]
    fn no_link_is_kept() {
        check(
            &["WhatsApp https://chat.whatsapp.com/AbC|Родители t.me/school 7А|7А|||||"],
            &["WhatsApp «Родители 7А»|7А|Parents||||не начат"],
            &["A2 foreign_link", "B2 foreign_link"],
        );
        for link in ["https://chat.example/x", "T.ME/x", "wa.me/7944", "@school7a", "join.example.org/abc", "viber://x"]
        {
            assert!(is_link(link), "{link}");
        }
        for text in ["7А/7Б", "@", "родители", "п.4", "7/А", "и/или"] {
            assert!(!is_link(text), "{text}");
        }
    }

    #[test]
    fn the_list_of_states_is_that_of_the_states() {
        assert_eq!(STATES, OldChatState::ALL.map(OldChatState::words));
    }
}
