//! `forget`: takes people who left, or a whole school year, out of the store and out of «выдача/»; numbers are kept.

use std::collections::BTreeSet;

use jiff::ToSpan;
use jiff::civil::Date;
use serde::Serialize;

use super::args::ForgetArgs;
use super::error::CommandError;
use super::planning::{LETTERS, Parcel};
use super::stays::Stays;
use super::subjects::{Catalogue, Subject};
use super::ui::Ui;
use super::{clock, data, job};
use crate::report::{Forgetting, Leaver, ToldWhen, forgetting_text};
use crate::school::{Noun, PersonId, SchoolState, SchoolYear, count, dotted};
use crate::store::{Forgotten, Former, Package, PackageStanding, RunId, Store, StoreError, Whom};
use crate::workspace::{OUTPUTS, Outputs, Workspace};

/// People who left are forgotten after this many days, where no other number is given.
const TERM: u16 = 30;

/// More matches than this are told as a number.
const LISTED: usize = 20;

#[derive(Serialize)]
struct ForgetJson<'a> {
    /// Whether it was done, or only shown.
    done: bool,
    #[serde(flatten)]
    forgetting: &'a Forgetting,
}

/// Who is to be forgotten.
#[derive(Clone, Copy, Debug)]
enum Wanted {
    LeftBefore(Date),
    One(PersonId),
    Year { ends: Date, next: Option<RunId> },
}

/// What there is to forget.
struct Found {
    forgetting: Forgetting,
    /// Everything of «выдача/» that speaks of the forgotten, whether it is still there or not.
    files: BTreeSet<String>,
}

/// Runs the command.
pub(crate) fn run(args: &ForgetArgs, ui: &Ui) -> Result<(), CommandError> {
    let today = args.date.unwrap_or_else(clock::today);
    let workspace = data::workspace(&args.target.folder)?;
    // Nobody is asked and no lock is taken before it is clear that there is anything to do.
    let Some(store) = Store::read(workspace.root())? else {
        return match data::store_is_gone(&workspace) {
            Some(issue) => {
                let hint = "Без файла zavuch.db программа не знает, о ком говорят бумаги в папке «выдача».";
                Err(CommandError::inputs(vec![issue], "забывать нечего: памяти программы нет.", hint))
            }
            None => answer_nothing(ui),
        };
    };
    let wanted = wanted(args, &store, today, ui)?;
    if args.dry_run {
        let found = find(&store, wanted, &workspace)?;
        return answer(&found.forgetting, Doneness::Shown, ui);
    }
    drop(store);
    let _lock = job::lock(&workspace)?;
    let mut store = Store::open(workspace.root())?;
    let Found { mut forgetting, files } = find(&store, wanted, &workspace)?;
    if forgetting.is_empty() {
        answer(&forgetting, Doneness::Shown, ui)?;
        return if matches!(wanted, Wanted::One(_)) { Err(still_named()) } else { Ok(()) };
    }
    confirm(&forgetting, args, ui)?;
    // The files first: who is forgotten cannot be told from the store any more. A stop in between is made good by the
    // same command.
    if Outputs::stand(&workspace) {
        let finished = Outputs::begin(&workspace)?.remove(&files)?;
        forgetting.changed_by_hand = finished.changed_by_hand;
    }
    // What is still there is named, whyever it is: a file that is in no journal is nobody's to remove but the person's.
    let (left, removed) = forgetting.files.into_iter().partition(|name| stands(&workspace, name));
    forgetting.files = removed;
    forgetting.changed_by_hand =
        forgetting.changed_by_hand.into_iter().chain(left).collect::<BTreeSet<_>>().into_iter().collect();
    wanted.apply(|whom| store.forget(whom, today))?;
    answer(&forgetting, Doneness::Done, ui)
}

/// Whether people were forgotten or only shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Doneness {
    Shown,
    Done,
}

impl Wanted {
    /// Calls the store with the same in its own words.
    fn apply(self, call: impl FnOnce(Whom<'_>) -> Result<Forgotten, StoreError>) -> Result<Forgotten, StoreError> {
        match self {
            Self::LeftBefore(date) => call(Whom::LeftBefore(date)),
            Self::One(id) => call(Whom::People(&[id])),
            Self::Year { ends, next } => call(Whom::Year { ends, next }),
        }
    }
}

fn wanted(args: &ForgetArgs, store: &Store, today: Date, ui: &Ui) -> Result<Wanted, CommandError> {
    if let Some(year) = args.year {
        return of_year(year, store, today);
    }
    if let Some(who) = &args.who {
        return one(who, store, ui).map(Wanted::One);
    }
    let term = args.days.unwrap_or(TERM);
    Ok(Wanted::LeftBefore(today.saturating_sub(i64::from(term).days())))
}

fn of_year(year: SchoolYear, store: &Store, today: Date) -> Result<Wanted, CommandError> {
    let ends = year.last_day();
    if today <= ends {
        return Err(CommandError::usage(
            format!("учебный год {year} ещё не закончился, забыть его нельзя."),
            format!("Его последний день — {}.", dotted(ends)),
        ));
    }
    let next = store.runs_of_new_years()?.into_iter().find(|run| SchoolYear::of(run.date) == year.next());
    Ok(Wanted::Year { ends, next: next.map(|run| run.id) })
}

/// The one pupil who left whom these words mean.
fn one(who: &str, store: &Store, ui: &Ui) -> Result<PersonId, CommandError> {
    let former = store.former()?;
    let events = store.events_of_kinds(&Catalogue::KINDS)?;
    let nobody = SchoolState::default();
    let catalogue = Catalogue::of(&nobody, &former, &events);
    let found: Vec<PersonId> = catalogue.find(who).iter().filter_map(pupil).collect();
    match found.as_slice() {
        [id] => Ok(*id),
        [] => {
            let state = store.state()?;
            let is_here = Catalogue::of(state.state(), &[], &events).find(who).iter().any(|one| pupil(one).is_some());
            Err(if is_here {
                CommandError::inputs(
                    Vec::new(),
                    "этот ученик есть в списках: забыть можно только того, кто выбыл.",
                    "Если он выбыл, уберите его из списков и выполните zavuch применить.",
                )
            } else {
                CommandError::inputs(
                    Vec::new(),
                    "среди выбывших такого нет.",
                    "Кого программа помнит, покажет zavuch забыть --days 0 --dry-run",
                )
            })
        }
        several => {
            let is_meant = |one: &&Former| one.student.id.is_some_and(|id| several.contains(&id));
            former.iter().filter(is_meant).take(LISTED).for_each(|one| {
                let words = one.student.id.and_then(|id| catalogue.words_for(&Subject::Pupil(id)));
                let key = words.map(|words| format!("\n    --who \"{words}\"")).unwrap_or_default();
                ui.say(&format!("  {}{key}", Leaver::of(one)));
            });
            let matches = count(several.len(), Noun::new("совпадение", "совпадения", "совпадений"));
            Err(CommandError::inputs(
                Vec::new(),
                format!("найдено несколько выбывших: {matches}."),
                "Назовите одного, с классом или датой рождения: --who \"Иванов Пётр 7А 04.05.2013\"",
            ))
        }
    }
}

fn pupil(subject: &Subject) -> Option<PersonId> {
    match subject {
        Subject::Pupil(id) => Some(*id),
        Subject::Class(_) | Subject::Staff(_) | Subject::Chat(_) => None,
    }
}

fn find(store: &Store, wanted: Wanted, workspace: &Workspace) -> Result<Found, CommandError> {
    let forgotten = wanted.apply(|whom| store.count_forget(whom))?;
    let former = store.former()?;
    let files = files(store, &forgotten, &former)?;
    let there = files.iter().filter(|name| stands(workspace, name)).cloned().collect();
    // Without a mail server people send the letters by themselves, and nobody tells which.
    let sends = data::settings_alone(workspace).is_ok_and(|settings| settings.mail.server.is_some());
    let letters = if sends { store.letters()? } else { Vec::new() };
    let unsent = letters.into_iter().filter(|letter| letter.state.may_be_replaced());
    let unsent = unsent.map(|letter| format!("{LETTERS}/{}", letter.file)).filter(|name| files.contains(name));
    Ok(Found { forgetting: Forgetting::new(&forgotten, &former, there, unsent.collect()), files })
}

/// Whether there is such a file in «выдача/».
fn stands(workspace: &Workspace, name: &str) -> bool {
    workspace.root().join(OUTPUTS).join(name).is_file()
}

/// The letters and sheets of the packages that name the forgotten, and of those that their classes were given while they
/// were there: the first letter encloses the slips of everybody.
fn files(store: &Store, forgotten: &Forgotten, former: &[Former]) -> Result<BTreeSet<String>, StoreError> {
    let new_years: Vec<RunId> = store.runs_of_new_years()?.into_iter().map(|run| run.id).collect();
    let mut stays = Stays::default();
    for one in former {
        let Some(id) = one.student.id.filter(|id| forgotten.people.contains(id)) else { continue };
        stays.add(one, &store.events_of_person(id)?, &new_years);
    }
    let goes = |package: &Package| {
        package.standing != PackageStanding::Open && (forgotten.packages.contains(&package.id) || stays.hold(package))
    };
    let (going, staying): (Vec<Package>, Vec<Package>) = store.all_packages()?.into_iter().partition(goes);
    // A file that was written anew since is that of the later package.
    let needed = files_of(&staying)?;
    Ok(files_of(&going)?.into_iter().filter(|file| !needed.contains(file)).collect())
}

fn files_of(packages: &[Package]) -> Result<BTreeSet<String>, StoreError> {
    let mut files = BTreeSet::new();
    // What is still to be given has no files of its own yet.
    let given = packages.iter().filter(|package| package.standing != PackageStanding::Open);
    for content in given.filter_map(|package| package.content.as_deref()) {
        files.extend(Parcel::read(content)?.files);
    }
    Ok(files)
}

fn confirm(forgetting: &Forgetting, args: &ForgetArgs, ui: &Ui) -> Result<(), CommandError> {
    if args.yes {
        return Ok(());
    }
    if ui.wants_json() || !ui.is_interactive() {
        return Err(CommandError::usage(
            "спросить некого: программа запущена не в терминале. Ничего не забыто.",
            "Посмотрите, кого она забудет: --dry-run; согласны — добавьте ключ --yes.",
        ));
    }
    ui.say(&forgetting_text(forgetting, ToldWhen::Before));
    let number = forgetting.number();
    let answer = ui.ask(&format!("Вернуть забытое нельзя. Чтобы забыть, введите число {number}:"))?;
    if answer == number.to_string() {
        return Ok(());
    }
    Err(CommandError::usage("введено другое число; ничего не забыто.", "Передумаете — запустите команду ещё раз."))
}

fn answer_nothing(ui: &Ui) -> Result<(), CommandError> {
    answer(&Forgetting::new(&Forgotten::default(), &[], Vec::new(), Vec::new()), Doneness::Shown, ui)
}

fn answer(forgetting: &Forgetting, done: Doneness, ui: &Ui) -> Result<(), CommandError> {
    if ui.wants_json() {
        return ui.answer_json(&ForgetJson { done: done == Doneness::Done, forgetting });
    }
    if forgetting.is_empty() {
        ui.answer("Забывать некого и нечего.\n");
    }
    ui.answer(&match done {
        Doneness::Shown => forgetting_text(forgetting, ToldWhen::Before),
        // The names were shown before; from now on nothing but numbers is left of them.
        Doneness::Done => {
            let shown = Forgetting { people: Vec::new(), ..forgetting.clone() };
            let people = count(forgetting.people.len(), Noun::new("ученик", "ученика", "учеников"));
            let people = if forgetting.people.is_empty() { String::new() } else { format!(": {people}") };
            format!("Забыто{people}.\n{}", forgetting_text(&shown, ToldWhen::After))
        }
    });
    Ok(())
}

fn still_named() -> CommandError {
    CommandError::world(
        "о нём говорится в комплекте, который ещё не выдан; пока он не забыт.",
        "Сначала выдайте комплекты: zavuch применить; потом повторите.",
    )
}
