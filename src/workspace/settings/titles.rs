//! The school's own templates of chat titles.

use std::collections::BTreeMap;

use crate::school::{ChatKind, TitleTemplate};

use super::{Problem, Table};

/// The templates by kind, as far as the settings have them.
pub(super) fn read(section: &mut Table<'_, '_>) -> BTreeMap<ChatKind, TitleTemplate> {
    let own = |kind: ChatKind| Some((kind, section.parsed(kind.id(), |text| checked(kind, text))?));
    ChatKind::ALL.into_iter().filter_map(own).collect()
}

fn checked(kind: ChatKind, text: &str) -> Result<TitleTemplate, Problem> {
    let advice =
        || format!("Исправьте шаблон; без него название строится так: «{}».", TitleTemplate::built_in(kind).as_str());
    TitleTemplate::parse(kind, text).map_err(|fault| Problem::new(format!("Шаблон не подходит: {fault}."), advice()))
}
