//! The tables of the memo: the chats with their exact titles, the settings of the app.

use super::wording::{ChatsWording, SettingWording, SettingsWording};
use crate::papers::flow::styles;
use crate::papers::paper::ChatSheet;
use crate::papers::rich_text::RichText;
use crate::papers::table::{Cell, Column, ColumnWidth, Row, Table, TableLook};
use crate::papers::units::{Mm, Pt};
use crate::school::PersonName;

/// Lists in which a usual row is one line.
const LOOK: TableLook =
    TableLook { cell: styles::CELL.size(Pt(9.0)), row_height: Mm(5.4), padding: Mm(1.0), ..TableLook::LIST };

/// Short lines, close together.
const SETTINGS: TableLook = TableLook { cell: LOOK.cell.leading(1.1), row_height: Mm(5.3), padding: Mm(0.9), ..LOOK };

/// The chats to create. Titles are bold and never divided at a hyphen: they are copied letter by letter.
pub(super) fn chats(sheets: &[ChatSheet<'_>], words: &ChatsWording) -> Table {
    let fixed = |title: &str, width| Column::new(title, ColumnWidth::Fixed(Mm(width)));
    let has_co_admins = co_admins_of_all(sheets).is_none();
    let mut columns = vec![
        fixed(&words.number, 7.0).centred(),
        fixed(&words.kind, 38.5),
        Column::new(&words.exact_title, ColumnWidth::Part(1.0)),
        fixed(&words.moderator, if has_co_admins { 29.0 } else { 42.0 }),
    ];
    if has_co_admins {
        columns.push(fixed(&words.co_admins, 29.5));
    }
    columns.push(fixed(&words.members, 16.5).centred());
    columns.push(fixed(&words.link, 22.0));
    let row = |(number, sheet): (usize, &ChatSheet<'_>)| {
        let chat = sheet.chat;
        let plain = |text: String| Cell::Text(RichText::plain(text));
        let moderator = chat.moderator.as_ref();
        let mut cells = vec![
            plain(number.to_string()),
            plain(chat.kind.words().to_owned()),
            Cell::Text(RichText::bold(chat.title.as_str())),
            plain(moderator.map_or_else(|| words.nobody.clone(), PersonName::with_initials)),
        ];
        if has_co_admins {
            let names: Vec<String> = chat.co_admins.iter().map(PersonName::with_initials).collect();
            cells.push(plain(names.join(", ")));
        }
        cells.push(plain(chat.size_in_words()));
        let state = if sheet.link.is_some() { &words.ready } else { &words.awaited };
        cells.push(plain(state.clone()));
        Row { cells }
    };
    let rows = (1..).zip(sheets).map(row).collect();
    Table { columns, rows, look: LOOK }
}

/// The further administrators, where all chats have the same ones or none: they need no column.
pub(super) fn co_admins_of_all<'a>(sheets: &[ChatSheet<'a>]) -> Option<&'a [PersonName]> {
    let (first, rest) = sheets.split_first()?;
    let same = rest.iter().all(|sheet| sheet.chat.co_admins == first.chat.co_admins);
    same.then_some(first.chat.co_admins.as_slice())
}

/// The settings of the app, for chats, for channels or for both, as there are. A setting that does not concern what
/// there is has no row.
pub(super) fn settings(sheets: &[ChatSheet<'_>], words: &SettingsWording) -> Table {
    let has = |is_channel: bool| sheets.iter().any(|sheet| sheet.chat.kind.is_channel() == is_channel);
    let (chats, channels) = (has(false), has(true));
    let part = |title: &str, part| Column::new(title, ColumnWidth::Part(part));
    let mut columns = vec![part(&words.name, 1.0)];
    columns.extend(chats.then(|| part(&words.chat, 1.0)));
    columns.extend(channels.then(|| part(&words.channel, 1.4)));
    let row = |setting: &SettingWording| {
        let mut values = Vec::new();
        values.extend(chats.then_some(setting.chat.as_str()));
        values.extend(channels.then_some(setting.channel.as_str()));
        if values.iter().all(|value| value.is_empty()) {
            return None;
        }
        let shown = values.into_iter().map(|value| if value.is_empty() { words.unset.as_str() } else { value });
        Some(Row::texts(std::iter::once(setting.name.as_str()).chain(shown)))
    };
    Table { columns, rows: words.rows.iter().filter_map(row).collect(), look: SETTINGS }
}
