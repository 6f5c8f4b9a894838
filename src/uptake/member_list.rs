//! The members of chats as somebody copied them: a text, one name a line, or a table.
//!
//! Several files, or several places of one, that name the same chat are one list: long lists are copied screen by screen.

use std::collections::{BTreeMap, BTreeSet};

use super::shown_name::{ShownName, number_of};
use crate::roster::cell_text::is_absent;
use crate::roster::sheet_table::{Column, Layout, rows};
use crate::school::{Chat, ChatKey, Checked, Issue, IssueKind, Place, fold, visible};
use crate::tables::{self, Source};

/// The members of one chat by all files of a call.
#[derive(Clone, Debug)]
pub struct MemberList<'a> {
    /// The chat.
    pub chat: &'a Chat,
    /// Where the list begins.
    pub place: Place,
    /// The names as they stand there.
    pub names: Vec<String>,
    /// The number of members, where the file tells one.
    pub number: Option<u32>,
}

/// What files hold.
pub type ReadList<'a> = Checked<Vec<MemberList<'a>>>;

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Field {
    Chat,
    Name,
    Number,
}

const LAYOUT: Layout<Field> = Layout {
    columns: &[
        Column {
            field: Field::Chat, headers: &["чат", "название чата", "название", "ключ чата"], roots: &[]
        },
        Column {
            field: Field::Name,
            headers: &["участник", "участники", "имя", "имя в чате", "фио", "фамилия имя", "кто"],
            roots: &["участник"],
        },
        Column {
            field: Field::Number,
            headers: &["вступили", "вступило", "число участников", "количество"],
            roots: &[],
        },
    ],
    needed: &[&[Field::Chat, Field::Name], &[Field::Chat, Field::Number]],
    needed_words: "«Чат», «Участник»",
};

/// Reads the lists of files, one for each chat. `chat` is the chat of lists that name none; `find` finds the one that words name.
pub fn read_member_list<'a>(
    sources: &[Source],
    chat: Option<&'a Chat>,
    find: &dyn Fn(&str) -> Option<&'a Chat>,
) -> ReadList<'a> {
    let mut read = ReadList::default();
    let mut all = BTreeMap::<ChatKey, MemberList<'a>>::new();
    for source in sources {
        let mut one = ReadList::default();
        if let Err(issue) = read_one(source, chat, find, &mut one) {
            read.issues.push(issue);
        } else if one.value.is_empty() && one.issues.is_empty() {
            let advice = "Скопируйте из чата список участников: каждое имя на своей строке.";
            let message = "В файле нет ни одного имени.";
            read.issues.push(Issue::new(IssueKind::Empty, Place::file(&source.label), message, advice));
        }
        read.issues.extend(one.issues);
        for list in one.value {
            match all.get_mut(&list.chat.key) {
                Some(known) => known.unite(list, &mut read.issues),
                None => {
                    all.insert(list.chat.key.clone(), list);
                }
            }
        }
    }
    read.value.extend(all.into_values());
    read
}

impl MemberList<'_> {
    /// Adds what another file says of the same chat. A name that stands in both is one person's: parts overlap.
    fn unite(&mut self, other: Self, issues: &mut Vec<Issue>) {
        let known: BTreeSet<String> = self.names.iter().map(|name| fold(name)).collect();
        self.names.extend(other.names.into_iter().filter(|name| !known.contains(&fold(name))));
        match (self.number, other.number) {
            (Some(one), Some(another)) if one != another => {
                let message = format!(
                    "В чате «{}» — {one} или {another}? Числа в разных файлах расходятся, ни одно не принято.",
                    self.chat.title
                );
                let advice = "Оставьте число того дня, на который принимаете список.";
                issues.push(Issue::new(IssueKind::MembersUnclear, other.place, message, advice));
                self.number = None;
            }
            (one, another) => self.number = one.or(another),
        }
    }
}

fn read_one<'a>(
    source: &Source,
    chat: Option<&'a Chat>,
    find: &dyn Fn(&str) -> Option<&'a Chat>,
    into: &mut ReadList<'a>,
) -> Result<(), Issue> {
    let workbook = tables::read(source)?;
    let table = rows(&workbook, &source.label, &LAYOUT);
    if !table.issues.iter().any(|issue| issue.kind == IssueKind::NoHeader) {
        let mut lists = Lists { find, current: chat, by_chat: BTreeMap::new(), unknown: Vec::new() };
        for row in &table.value {
            let (place, name) = (row.place(Field::Chat), row.text(Field::Chat));
            if !is_absent(name) {
                lists.turn_to(name, &place);
            }
            lists.put(row.text(Field::Name), &row.place(Field::Name));
            lists.put_number(row.text(Field::Number).parse().ok(), &place);
        }
        lists.finish(into);
        return Ok(());
    }
    let mut lists = Lists { find, current: chat, by_chat: BTreeMap::new(), unknown: Vec::new() };
    if let Some(lines) = tables::read_lines(source)? {
        for (line, number) in lines.iter().zip(1..) {
            lists.put_line(line, &Place::line(&source.label, number));
        }
    } else {
        for sheet in workbook.sheets.iter().filter(|sheet| !sheet.hidden) {
            let place = sheet
                .name
                .as_ref()
                .map_or_else(|| Place::file(&source.label), |name| Place::sheet(&source.label, name));
            for row in sheet.rows() {
                let cells: Vec<_> = sheet.row(row).collect();
                let first = cells.first().map(|cell| cell.column).unwrap_or_default();
                let text = cells.iter().map(|cell| cell.value.text()).collect::<Vec<_>>().join(" ");
                lists.put_line(&text, &place.at(row, first));
            }
        }
    }
    lists.finish(into);
    Ok(())
}

/// Lists in the making: names go to the chat that was named last.
struct Lists<'a, 'f> {
    find: &'f dyn Fn(&str) -> Option<&'a Chat>,
    current: Option<&'a Chat>,
    by_chat: BTreeMap<ChatKey, MemberList<'a>>,
    /// Where names stand of which nobody knows the chat.
    unknown: Vec<Issue>,
}

impl<'a> Lists<'a, '_> {
    /// The words name the chat of what follows.
    fn turn_to(&mut self, words: &str, place: &Place) {
        self.current = (self.find)(words);
        if self.current.is_none() {
            let message = format!("«{}» — такого чата в плане нет, список не принят.", visible(words));
            let advice = "Назовите чат по названию из таблицы ссылок.";
            self.unknown.push(Issue::new(IssueKind::UnknownChat, place.clone(), message, advice));
        }
    }

    fn put_line(&mut self, line: &str, place: &Place) {
        let text = visible(line);
        let lower = text.to_lowercase();
        let named = ["чат:", "группа:", "канал:", "чат «"].iter().find(|word| lower.starts_with(*word));
        if let Some(word) = named {
            let words: String = text.chars().skip(word.trim_end_matches(" «").chars().count()).collect();
            return self.turn_to(words.trim(), place);
        }
        // A title by itself; a name is no chat, whatever it resembles.
        let is_title = |chat: &&Chat| fold(chat.title.as_str()) == fold(&text);
        if let Some(chat) = (self.find)(&text).filter(is_title) {
            self.current = Some(chat);
            return;
        }
        match number_of(&text) {
            Some(number) => self.put_number(Some(number), place),
            None => self.put(&text, place),
        }
    }

    fn put(&mut self, name: &str, place: &Place) {
        if ShownName::of(name).is_some()
            && let Some(list) = self.list(place)
        {
            list.names.push(visible(name));
        }
    }

    fn put_number(&mut self, number: Option<u32>, place: &Place) {
        if number.is_some()
            && let Some(list) = self.list(place)
        {
            list.number = number;
        }
    }

    fn list(&mut self, place: &Place) -> Option<&mut MemberList<'a>> {
        let Some(chat) = self.current else {
            if self.unknown.is_empty() {
                let message = "Не сказано, чьи это участники: имена не приняты.";
                let advice = "Назовите чат ключом --chat или строкой «Чат: 7А — родители» над именами.";
                self.unknown.push(Issue::new(IssueKind::UnknownChat, place.clone(), message, advice));
            }
            return None;
        };
        let new = || MemberList { chat, place: place.clone(), names: Vec::new(), number: None };
        Some(self.by_chat.entry(chat.key.clone()).or_insert_with(new))
    }

    fn finish(self, into: &mut ReadList<'a>) {
        into.issues.extend(self.unknown);
        into.value.extend(self.by_chat.into_values());
    }
}
