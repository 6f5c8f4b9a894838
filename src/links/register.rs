//! Reads the register of links: `ссылки.xlsx` → the state of the link of every planned chat.

use std::collections::BTreeMap;

use crate::roster::cell_text::is_absent;
use crate::roster::sheet_table::{TableRow, rows};
use crate::school::{
    Chat, ChatKey, ChatLinks, ChatProgress, Checked, Issue, IssueKind, LinkState, LinkUrl, Place, Platform,
};
use crate::tables::{Source, Workbook};

use super::columns::{Field, LAYOUT};
use super::find_chat::{ChatIndex, Clues, Found};
use super::progress::told;
use super::{LinkRemark, judge};

const FORMULA_ADVICE: &str = "Вставьте в ячейку саму ссылку, а не формулу.";

/// Reads the register of links and judges every link of it.
///
/// Every chat that has a row has a state afterwards, and one without a row waits for its link like one whose cell is
/// empty. A chat whose row
/// holds something else, or a link that another chat has as well, is refused, and no paper shows the link.
pub fn read_register(source: &Source, chats: &[&Chat], platform: Platform) -> Checked<ChatLinks> {
    RegisterRows::read(source).judged(chats, platform)
}

/// The rows of a register, before anybody knows which chats are planned.
pub struct RegisterRows {
    file: String,
    /// The issue that stands in their place where the file cannot be read.
    rows: Result<Checked<Vec<TableRow<Field>>>, Issue>,
}

impl RegisterRows {
    /// Reads them; what is wrong is told when they are judged.
    pub fn read(source: &Source) -> Self {
        let file = &source.label;
        match crate::tables::read(source) {
            Ok(workbook) => Self::of(&workbook, file),
            Err(issue) => Self { file: file.clone(), rows: Err(issue) },
        }
    }

    /// Those of a workbook.
    pub(super) fn of(workbook: &Workbook, file: &str) -> Self {
        Self { file: file.to_owned(), rows: Ok(rows(workbook, file, &LAYOUT)) }
    }

    /// As [`read_register`].
    pub fn judged(self, chats: &[&Chat], platform: Platform) -> Checked<ChatLinks> {
        match self.rows {
            Ok(rows) => judged(rows, &self.file, chats, platform),
            Err(issue) => Checked::new(ChatLinks::default(), vec![issue]),
        }
    }
}

/// What the rows of one chat hold.
#[derive(Default)]
struct Entries {
    /// The cells without a link.
    empty: Vec<Place>,
    /// The cells with something that is no invitation.
    refused: Vec<Place>,
    /// The invitations.
    ready: Vec<Entry>,
}

/// An invitation and its cell.
#[derive(Clone)]
struct Entry {
    link: LinkUrl,
    place: Place,
}

fn judged(table: Checked<Vec<TableRow<Field>>>, file: &str, chats: &[&Chat], platform: Platform) -> Checked<ChatLinks> {
    // A formula without a value, such as =HYPERLINK(…), is no link; it holds up no chat but its own.
    let (formulas, mut issues): (Vec<_>, Vec<_>) =
        table.issues.into_iter().partition(|issue| issue.kind == IssueKind::FormulaNoValue);
    let mut formulas: BTreeMap<_, _> = formulas.into_iter().map(|issue| (issue.place.clone(), issue)).collect();
    let mut entries: BTreeMap<&ChatKey, Entries> = BTreeMap::new();
    let mut progress: BTreeMap<&ChatKey, ChatProgress> = BTreeMap::new();
    let index = ChatIndex::new(chats);
    for row in &table.value {
        if let Some(chat) = chat_of(row, &index, &mut issues) {
            let own = entries.entry(&chat.key).or_default();
            let told = progress.entry(&chat.key).or_default();
            *told = told.then(progress_of(row, chat, &mut issues));
            if formulas.remove(&row.place(Field::Link)).is_some() {
                own.refuse(row, chat, "в ячейке формула без сохранённого значения", FORMULA_ADVICE, &mut issues);
            } else {
                own.add(row, chat, platform, &mut issues);
            }
        }
    }
    // Formulas in other cells, or in rows of no chat.
    issues.extend(formulas.into_values().map(|issue| Issue { kind: IssueKind::LinkRefused, ..issue }));
    let shared = shared_links(chats, &entries);
    let mut links = ChatLinks::default();
    for chat in chats.iter().copied() {
        let own = entries.remove(&chat.key);
        let cell = own.as_ref().and_then(Entries::cell).cloned();
        let state = state(chat, own.unwrap_or_default(), &shared, file, &mut issues);
        if let Some(cell) = cell {
            links.set_at(chat.key.clone(), state, cell);
            links.set_progress(chat.key.clone(), progress.remove(&chat.key).unwrap_or_default());
        }
    }
    Checked::new(links, issues)
}

fn chat_of<'a>(row: &TableRow<Field>, index: &ChatIndex<'a>, issues: &mut Vec<Issue>) -> Option<&'a Chat> {
    let [key, class, kind, title] = [Field::Key, Field::Class, Field::Kind, Field::Title].map(|field| row.text(field));
    let clues = Clues { key, class, kind, title };
    let (message, advice) = match index.find(&clues) {
        Found::One(chat) => return Some(chat),
        Found::Several => (
            "Строка подходит к нескольким чатам.",
            "Впишите ключ чата или его точное название из таблицы, которую составила программа.",
        ),
        Found::Contradiction => (
            "Ключ, класс и название в строке — от разных чатов, ссылка не использована.",
            "Верните строку к тому виду, в котором её составила программа: похоже, отсортированы не все столбцы.",
        ),
        Found::None if [key, class, kind, title].iter().all(|text| text.is_empty()) => {
            if is_absent(row.text(Field::Link)) {
                return None;
            }
            ("Неясно, от какого чата эта ссылка.", "Впишите в строку ключ чата или его точное название.")
        }
        Found::None => (
            "Такого чата нет в плане, ссылка не использована.",
            "Исправьте ключ, название или класс; если чат больше не нужен, удалите строку.",
        ),
    };
    let fields = [Field::Key, Field::Title, Field::Kind, Field::Class, Field::Link];
    let field = fields.into_iter().find(|field| !row.text(*field).is_empty()).unwrap_or(Field::Link);
    issues.push(Issue::new(IssueKind::UnknownChat, row.place(field), message, advice));
    None
}

/// What the other cells of a row tell.
fn progress_of(row: &TableRow<Field>, chat: &Chat, issues: &mut Vec<Issue>) -> ChatProgress {
    let mut progress = ChatProgress::default();
    for field in Field::PROGRESS {
        match told(field, row.text(field)) {
            Ok(told) => progress = progress.then(told),
            Err(advice) => {
                let message = format!("Чат «{}»: непонятно, что вписано в столбец «{}».", chat.title, field.header());
                issues.push(Issue::new(IssueKind::UnknownMark, row.place(field), message, advice));
            }
        }
    }
    progress
}

impl Entries {
    fn add(&mut self, row: &TableRow<Field>, chat: &Chat, platform: Platform, issues: &mut Vec<Issue>) {
        let (text, place) = (row.text(Field::Link), row.place(Field::Link));
        if is_absent(text) {
            self.empty.push(place);
            return;
        }
        match judge(text, platform) {
            Ok(judged) => {
                issues.extend(unusual(&judged.remarks, chat, &place));
                self.ready.push(Entry { link: judged.link, place });
            }
            Err(error) => self.refuse(row, chat, &error.to_string(), error.advice(), issues),
        }
    }

    fn refuse(&mut self, row: &TableRow<Field>, chat: &Chat, why: &str, advice: &str, issues: &mut Vec<Issue>) {
        let message = format!("Ссылка чата «{}» не принята: {why}.", chat.title);
        issues.push(Issue::new(IssueKind::LinkRefused, row.place(Field::Link), message, advice));
        self.refused.push(row.place(Field::Link));
    }

    /// The cell that says most about the chat's link.
    fn cell(&self) -> Option<&Place> {
        let ready = self.ready.first().map(|entry| &entry.place);
        ready.or(self.refused.first()).or(self.empty.first())
    }
}

fn unusual(remarks: &[LinkRemark], chat: &Chat, place: &Place) -> Option<Issue> {
    if remarks.is_empty() {
        return None;
    }
    let words = remarks.iter().map(ToString::to_string).collect::<Vec<_>>().join("; ");
    let message = format!("Ссылка чата «{}»: {words}.", chat.title);
    let advice = if remarks.iter().any(|remark| remark.is_doubt()) {
        "Откройте ссылку и проверьте, что она ведёт в этот чат."
    } else {
        "Ссылка принята в исправленном виде."
    };
    Some(Issue::new(IssueKind::LinkUnusual, place.clone(), message, advice))
}

/// A link at several chats: the chats and the cells.
type Shared<'a> = BTreeMap<LinkUrl, Vec<Claim<'a>>>;

/// A chat that claims a link.
struct Claim<'a> {
    chat: &'a Chat,
    place: Place,
}

/// The links that stand at more than one chat.
fn shared_links<'a>(chats: &[&'a Chat], entries: &BTreeMap<&ChatKey, Entries>) -> Shared<'a> {
    let mut claims: Shared<'a> = BTreeMap::new();
    for chat in chats.iter().copied() {
        for entry in entries.get(&chat.key).into_iter().flat_map(|own| &own.ready) {
            let claim = Claim { chat, place: entry.place.clone() };
            claims.entry(entry.link.clone()).or_default().push(claim);
        }
    }
    claims.retain(|_, claims| claims.iter().any(|claim| claims.iter().any(|other| other.chat.key != claim.chat.key)));
    claims
}

fn state(chat: &Chat, own: Entries, shared: &Shared<'_>, file: &str, issues: &mut Vec<Issue>) -> LinkState {
    let mut is_shared = false;
    for entry in &own.ready {
        let Some(claims) = shared.get(&entry.link) else { continue };
        is_shared = true;
        issues.push(shared_issue(chat, entry, claims));
    }
    let Some(first) = own.ready.first() else {
        if !own.refused.is_empty() {
            return LinkState::Refused;
        }
        let place = own.empty.into_iter().next().unwrap_or_else(|| Place::file(file));
        issues.push(awaited(chat, place));
        return LinkState::Awaited;
    };
    let differing = own.ready.iter().filter(|entry| entry.link != first.link).collect::<Vec<_>>();
    for entry in &differing {
        let message = format!("У чата «{}» две разные ссылки: вторая — {}.", chat.title, first.place);
        let advice = "Оставьте одну строку — с той ссылкой, которая сейчас работает.";
        issues.push(Issue::new(IssueKind::LinkRefused, entry.place.clone(), message, advice));
    }
    if is_shared || !differing.is_empty() { LinkState::Refused } else { LinkState::Ready(first.link.clone()) }
}

/// A chat that nobody has given a link.
pub(super) fn awaited(chat: &Chat, place: Place) -> Issue {
    let message = format!("Чат «{}» ждёт ссылку.", chat.title);
    let advice = "Создайте чат в MAX, нажмите «Скопировать ссылку» и вставьте её в столбец «Ссылка».";
    Issue::new(IssueKind::LinkAwaited, place, message, advice)
}

fn shared_issue(chat: &Chat, entry: &Entry, claims: &[Claim<'_>]) -> Issue {
    let others = claims.iter().filter(|claim| claim.chat.key != chat.key);
    let others = others.map(|claim| format!("«{}» ({})", claim.chat.title, claim.place)).collect::<Vec<_>>();
    let message = format!("У чата «{}» та же ссылка, что и у {}.", chat.title, others.join(", "));
    let advice = "Скопируйте ссылку каждого чата заново; пока это не исправлено, листы этих чатов не печатаются.";
    Issue::new(IssueKind::LinkShared, entry.place.clone(), message, advice)
}

#[cfg(test)]
mod tests;
