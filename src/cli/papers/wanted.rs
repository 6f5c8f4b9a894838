//! Which recorded papers a call of `papers` means: those of a class, of a pupil, of a kind.

use std::collections::BTreeSet;

use crate::cli::error::CommandError;
use crate::cli::subjects::{Catalogue, Subject};
use crate::cli::ui::Ui;
use crate::papers::PaperKind;
use crate::school::{ClassName, PaperId, PersonId, Piece, SchoolState, Scope, Student, dotted};
use crate::store::Event;

/// More matches than this are told as a number.
const LISTED: usize = 20;

/// Which papers are meant; what is not said is not restricted.
#[derive(Clone, Copy, Debug)]
pub(super) struct Wanted<'a> {
    /// Of a class or of the school.
    pub(super) scope: Option<&'a Scope>,
    /// Of a pupil, by parts of the name.
    pub(super) student: Option<&'a str>,
    /// Of these kinds.
    pub(super) kinds: &'a [PaperKind],
}

impl Wanted<'_> {
    /// The papers of a recorded state. `events` are those of [`Catalogue::KINDS`].
    ///
    /// # Errors
    /// When nobody and no class is called so, when several are, or when there is no such paper yet.
    pub(super) fn find(
        self,
        state: &SchoolState,
        events: &[Event],
        ui: &Ui,
    ) -> Result<BTreeSet<PaperId>, CommandError> {
        let class = self.scope.and_then(Scope::class);
        if let Some(class) = class.filter(|class| !state.roster.classes.contains_key(*class)) {
            return Err(unknown_class(class));
        }
        let student = self.student.map(|words| one(words, class, state, events, ui)).transpose()?;
        let is_of_student = |piece: &Piece| match (student, piece) {
            (None, _) => true,
            (Some(wanted), Piece::Slip { student, .. }) => *student == wanted,
            (Some(_), _) => false,
        };
        let is_wanted = |id: &&PaperId| {
            self.scope.is_none_or(|scope| *scope == id.scope)
                && (self.kinds.is_empty() || self.kinds.contains(&PaperKind::of(&id.piece)))
                && is_of_student(&id.piece)
                // What people edit is theirs to print; a file that is gone is made by the next `apply`.
                && !matches!(id.piece, Piece::Draft { .. })
        };
        let found: BTreeSet<PaperId> = state.papers.keys().filter(is_wanted).cloned().collect();
        if found.is_empty() { Err(nothing()) } else { Ok(found) }
    }
}

/// The one pupil whom the words mean; a class tells namesakes apart.
fn one(
    words: &str,
    class: Option<&ClassName>,
    state: &SchoolState,
    events: &[Event],
    ui: &Ui,
) -> Result<PersonId, CommandError> {
    let mut catalogue = Catalogue::of(state, &[], events).pupils_only();
    if let Some(class) = class {
        catalogue.pupils.retain(|_, student| student.class == *class);
    }
    let found = pupils(&catalogue, words);
    match (found.as_slice(), class) {
        ([(id, _)], _) => Ok(*id),
        ([], Some(class)) => {
            let everybody = Catalogue::of(state, &[], events).pupils_only();
            Err(match pupils(&everybody, words).as_slice() {
                [(_, student)] => CommandError::inputs(
                    Vec::new(),
                    format!("{} — ученик(ца) другого класса: {}, а не {class}.", student.name, student.class),
                    format!("Укажите класс ученика: --class {} — или уберите ключ --class.", student.class),
                ),
                _ => unknown_student(words),
            })
        }
        ([], None) => Err(unknown_student(words)),
        (several, _) => {
            ui.say(&list(&catalogue, several));
            Err(CommandError::inputs(
                Vec::new(),
                format!("«{words}»: таких учеников несколько."),
                "Повторите с одной из строк выше. Если и класс, и дата рождения одни и те же, напечатайте талоны всего класса: \
                 --class 7А --only талоны",
            ))
        }
    }
}

fn pupils<'a>(catalogue: &Catalogue<'a>, words: &str) -> Vec<(PersonId, &'a Student)> {
    let found = catalogue.find(words).into_iter().filter_map(|subject| match subject {
        Subject::Pupil(id) => Some((id, *catalogue.pupils.get(&id)?)),
        _ => None,
    });
    let mut found: Vec<_> = found.collect();
    found.sort_by_cached_key(|(_, student)| (student.name.to_string(), student.class.clone(), student.birth_date));
    found
}

fn list(catalogue: &Catalogue<'_>, several: &[(PersonId, &Student)]) -> String {
    let line = |(id, student): &(PersonId, &Student)| {
        let born = student.birth_date.map(|date| format!(" ({})", dotted(date))).unwrap_or_default();
        let key = catalogue.words_for(&Subject::Pupil(*id)).map(|words| format!("\n    --student \"{words}\""));
        format!("  {}{born}, {}{}\n", student.name, student.class, key.unwrap_or_default())
    };
    let rest = several.len().saturating_sub(LISTED);
    let rest = if rest > 0 { format!("  … и ещё {rest}\n") } else { String::new() };
    several.iter().take(LISTED).map(line).collect::<String>() + &rest
}

fn unknown_class(class: &ClassName) -> CommandError {
    CommandError::inputs(
        Vec::new(),
        format!("класса {class} в записях нет."),
        "Какие классы есть, покажет zavuch проверить; новый класс появится в записях после zavuch применить",
    )
}

fn unknown_student(words: &str) -> CommandError {
    CommandError::inputs(
        Vec::new(),
        format!("«{words}» — среди учеников такого нет."),
        "Назовите фамилию и имя, как в списке, в кавычках: --student \"Иванов Пётр\". Выбывшим бумаг не печатают; \
         когда кто выбыл, покажет zavuch почему",
    )
}

fn nothing() -> CommandError {
    CommandError::inputs(
        Vec::new(),
        "печатать нечего: таких бумаг ещё не выпускали. Листы и талоны выпускаются, когда у чата есть ссылка.",
        "Впишите ссылки в таблицу ссылок и выполните zavuch применить",
    )
}
