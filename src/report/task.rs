//! What is left to do: who, what, by when.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::Serialize;

use super::grid::wrap;
use super::run_report::{LetterState, Outcome, RunReport};
use crate::school::{
    ChangeKind, Chat, ChatTitle, ClassName, IssueKind, LinkState, Noun, Official, PersonName, Severity, StaffMember,
    count, dotted,
};

/// Something that a person has to do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Task {
    /// The class; `None` where it concerns the school.
    pub class: Option<ClassName>,
    /// Who does it.
    pub who: String,
    /// What is to be done, as it stands after «who:».
    pub what: String,
    /// By when, where the school has set a date.
    pub by: Option<Date>,
    /// The chats that it is about.
    pub chats: Vec<ChatTitle>,
}

const CHATS: Noun = Noun::new("чат", "чата", "чатов");

/// The tasks: class by class, then the school's.
pub(super) fn left(outcome: &Outcome<'_>, letters: usize) -> Vec<Task> {
    let school = outcome.school;
    let mut tasks = Vec::new();
    for class in &outcome.plan.classes {
        let task = |who: String, what: &str| Task {
            class: Some(class.name.clone()),
            who,
            what: what.to_owned(),
            by: None,
            chats: Vec::new(),
        };
        let curator = || initials(&school.curator);
        let homeroom = class.homeroom.as_ref().map(|homeroom| homeroom.name.with_initials());
        match (&class.homeroom, &class.successor_of) {
            (_, Some(former)) => {
                let what = format!(
                    "назначить классного руководителя вместо прежнего ({}) и вписать его в таблицу сотрудников. До этого чаты класса \
                     остаются за прежним, из них его не удаляют.",
                    former.with_initials()
                );
                let led = class.chats.iter().filter(|chat| chat.moderator.as_ref() == Some(former));
                let chats = led.map(|chat| chat.title.clone()).collect();
                tasks.push(Task { chats, ..task(curator(), &what) });
                let mut changes = outcome.changes.iter().filter(|change| change.scope.class() == Some(&class.name));
                if changes.any(|change| matches!(change.what, ChangeKind::Removal { .. })) {
                    let what = format!(
                        "передать прежнему классному руководителю ({}) или выполнить самим, что сказано в файле «Изменения» класса: \
                         кого удалить из чатов.",
                        former.with_initials()
                    );
                    tasks.push(task(curator(), &what));
                }
            }
            (None, None) => {
                let what = "назначить классного руководителя и вписать его в таблицу сотрудников.";
                tasks.push(task(curator(), what));
            }
            (Some(homeroom), None) if homeroom.email.is_none() => {
                let what = format!(
                    "вписать в таблицу сотрудников адрес электронной почты: {}.",
                    homeroom.name.with_initials()
                );
                tasks.push(task(curator(), &what));
            }
            (Some(_), None) => {}
        }
        if let Some(LetterState::Failed { reason, again }) = outcome.letters.get(&class.name) {
            tasks.push(task(curator(), &without_letter(reason, *again)));
        }
        tasks.extend(links(outcome, Some(&class.name), &homeroom.unwrap_or_else(curator), &class.chats));
    }
    let gone = outcome.letters.iter().filter(|(class, _)| outcome.plan.class(class).is_none());
    for (class, letter) in gone {
        let what = match letter {
            LetterState::Written { .. } | LetterState::NotWanted => continue,
            LetterState::Failed { reason, again } => without_letter(reason, *again),
            LetterState::NoSender | LetterState::NoHomeroomTeacher | LetterState::NoAddress => {
                "класса больше нет, письмо послать некому: выполнить самим, что сказано в его файле «Изменения»."
                    .to_owned()
            }
        };
        tasks.push(Task {
            class: Some(class.clone()),
            who: initials(&school.curator),
            what,
            by: None,
            chats: Vec::new(),
        });
    }
    tasks.extend(handed_over(outcome));
    tasks.extend(links(outcome, None, &initials(&school.administrator), &outcome.plan.school));
    tasks.extend(of_school(outcome, letters));
    tasks
}

/// Whether a former moderator gets a letter about the chats.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Told {
    ByLetter,
    /// Chats of the school, or somebody who left it or has no address.
    ByNobody,
}

/// Chats whose moderator changed: only the former one can hand them over.
fn handed_over(outcome: &Outcome<'_>) -> Vec<Task> {
    let told = |class: Option<&ClassName>, former: &PersonName| {
        let has_sender =
            class.and_then(|class| outcome.letters.get(class)).is_some_and(|one| *one != LetterState::NoSender);
        let is_there = |member: &StaffMember| member.name.folded() == former.folded() && member.email.is_some();
        if has_sender && outcome.staff.members.iter().any(is_there) { Told::ByLetter } else { Told::ByNobody }
    };
    let mut chats: BTreeMap<(&PersonName, &PersonName, Told), Vec<ChatTitle>> = BTreeMap::new();
    for change in outcome.changes {
        if let ChangeKind::ChatModerator { chat, from: Some(from), to: Some(to) } = &change.what {
            let told = told(change.scope.class(), from);
            chats.entry((from, to, told)).or_default().push(chat.title.clone());
        }
    }
    let task = |((from, to, told), chats): ((&PersonName, &PersonName, Told), Vec<ChatTitle>)| Task {
        class: None,
        who: initials(&outcome.school.curator),
        what: format!(
            "проследить, чтобы прежний модератор ({}) передал права в MAX новому ({}). {}",
            from.with_initials(),
            to.with_initials(),
            match told {
                Told::ByLetter => "Письмо об этом прежнему модератору составлено.",
                Told::ByNobody => "Письма об этом нет: скажите прежнему модератору сами, пока он в чате.",
            }
        ),
        by: None,
        chats,
    };
    chats.into_iter().map(task).collect()
}

/// What is to be done where a letter could not be composed.
fn without_letter(reason: &str, again: bool) -> String {
    if again {
        format!("устранить причину и запустить программу ещё раз, письмо класса не составлено: {reason}.")
    } else {
        format!("передать бумаги класса самим, письмо не составлено: {reason}.")
    }
}

/// The tasks about links of chats that belong together.
fn links(outcome: &Outcome<'_>, class: Option<&ClassName>, who: &str, chats: &[Chat]) -> Vec<Task> {
    let titles = |wanted: LinkState| -> Vec<ChatTitle> {
        let chats = chats.iter().filter(|chat| *outcome.links.state(&chat.key) == wanted);
        chats.map(|chat| chat.title.clone()).collect()
    };
    let task = |one: &str, several: &str, chats: Vec<ChatTitle>| {
        let (class, who, by) = (class.cloned(), who.to_owned(), outcome.deadlines.chats);
        let what = match chats.len() {
            0 => return None,
            1 => one.to_owned(),
            number => several.replace("{}", &count(number, CHATS)),
        };
        Some(Task { class, who, what, by, chats })
    };
    let awaited = task(
        "создать чат, если его ещё нет, и прислать ссылку на него.",
        "создать чаты, которых ещё нет, и прислать ссылки (ждём ссылки на {}).",
        titles(LinkState::Awaited),
    );
    let refused = task(
        "прислать верную ссылку-приглашение, прежняя не подошла.",
        "прислать верные ссылки-приглашения на {}, прежние не подошли.",
        titles(LinkState::Refused),
    );
    refused.into_iter().chain(awaited).collect()
}

/// What concerns the whole school.
fn of_school(outcome: &Outcome<'_>, letters: usize) -> Vec<Task> {
    let curator = initials(&outcome.school.curator);
    let task = |what: String| Task { class: None, who: curator.clone(), what, by: None, chats: Vec::new() };
    let mut tasks = Vec::new();
    if outcome.letters.values().any(|letter| *letter == LetterState::NoSender) {
        tasks.push(task("вписать адрес отправителя в раздел «mail» файла zavuch.toml: без него писем нет.".to_owned()));
    }
    match letters {
        0 => {}
        1 => tasks.push(task("проверить и отправить письмо классному руководителю.".to_owned())),
        _ => {
            let number = count(letters, Noun::LETTER);
            tasks.push(task(format!("проверить и отправить {number} классным руководителям.")));
        }
    }
    if outcome.papers.values().any(|papers| papers.files > 0) {
        let what = "раздать документы, собрать подписи об ознакомлении и только затем включать в чаты.".to_owned();
        let who = "Классные руководители".to_owned();
        tasks.push(Task { who, by: outcome.deadlines.acknowledgement, ..task(what) });
    }
    if outcome.school_papers.files > 0 {
        tasks.push(task("передать модераторам чатов школы бумаги из папки «выдача/Школа».".to_owned()));
    }
    let unknown = outcome.issues.iter().filter(|issue| issue.kind == IssueKind::UnknownTeacher).count();
    if unknown > 0 {
        let noun = Noun::new("учитель, которого", "учителя, которых", "учителей, которых");
        tasks.push(task(format!(
            "исправить таблицы нагрузки и групп: в них {} нет в таблице сотрудников; чаты числятся за {}.",
            count(unknown, noun),
            if unknown == 1 { "ним" } else { "ними" }
        )));
    }
    for (severity, noun) in [
        (Severity::Error, Noun::new("ошибку", "ошибки", "ошибок")),
        (Severity::Warning, Noun::new("замечание", "замечания", "замечаний")),
    ] {
        let others =
            outcome.issues.iter().filter(|issue| issue.severity() == severity && !has_task(issue.kind)).count();
        if others > 0 {
            tasks.push(task(format!("разобрать в таблицах и настройках ещё {}.", count(others, noun))));
        }
    }
    tasks
}

/// Whether issues of a kind have a task of their own.
fn has_task(kind: IssueKind) -> bool {
    matches!(
        kind,
        IssueKind::NoHomeroomTeacher
            | IssueKind::NoAddress
            | IssueKind::UnknownTeacher
            | IssueKind::LinkAwaited
            | IssueKind::LinkRefused
            | IssueKind::LinkShared
    )
}

fn initials(official: &Official) -> String {
    official.name.with_initials()
}

/// The tasks as a numbered list of lines no longer than `width`; empty where nothing is left to do.
pub fn tasks(report: &RunReport, width: u16) -> String {
    let indent = "    ";
    let mut text = String::new();
    for (index, task) in report.tasks.iter().enumerate() {
        let lines = wrap(&sentence(task, report.issued), usize::from(width).saturating_sub(indent.len()));
        for (line, words) in lines.iter().enumerate() {
            let lead = if line == 0 { format!("{:>2}. ", index + 1) } else { indent.to_owned() };
            text.extend([lead.as_str(), words, "\n"]);
        }
    }
    text
}

/// «Класс 7А, О. С. Кузнецова: создать чаты …. Срок: 05.09.2026. Чаты: «7А ученики».»
fn sentence(task: &Task, today: Date) -> String {
    const SHOWN: usize = 6;
    let Task { class, who, what, by, chats } = task;
    let class = class.as_ref().map(|class| format!("Класс\u{a0}{class}, ")).unwrap_or_default();
    let by = by.map_or_else(String::new, |date| {
        let word = if date < today { "Срок прошёл:" } else { "Срок:" };
        format!(" {word} {}.", dotted(date))
    });
    if chats.is_empty() {
        return format!("{class}{who}: {what}{by}");
    }
    let shown: Vec<_> = chats.iter().take(SHOWN).map(|title| format!("«{title}»")).collect();
    let rest = chats.len().saturating_sub(SHOWN);
    let rest = if rest > 0 { format!(" и\u{a0}ещё\u{a0}{rest}") } else { String::new() };
    let noun = if chats.len() == 1 { "Чат" } else { "Чаты" };
    format!("{class}{who}: {what}{by} {noun}: {}{rest}.", shown.join(", "))
}

#[cfg(test)]
mod tests {
    use super::tasks;
    use crate::report::sample::sample_report;

    #[track_caller]
    fn check(width: u16, expected: &str) {
        let made = tasks(&sample_report(), width).replace('\u{a0}', " ");
        assert_eq!(made.trim_end(), expected.trim_start_matches('\n'));
    }

    #[test]
    fn widths() {
        check(
            80,
            "
 1. Класс 7А, В. Ю. Смирнова: прислать верную ссылку-приглашение, прежняя не
    подошла. Срок: 05.09.2026. Чат: «7А — обучающиеся».
 2. Класс 7А, В. Ю. Смирнова: создать чаты, которых ещё нет, и прислать ссылки
    (ждём ссылки на 3 чата). Срок: 05.09.2026. Чаты: «7А — Алгебра», «7А —
    Английский язык, группа 1», «7А — Английский язык, группа 2».
 3. Класс 10, О. И. Лунин: вписать в таблицу сотрудников адрес электронной
    почты: О. С. Кузнецова.
 4. Класс 10, О. С. Кузнецова: создать чаты, которых ещё нет, и прислать ссылки
    (ждём ссылки на 2 чата). Срок: 05.09.2026. Чаты: «10 — обучающиеся», «10 —
    родители».
 5. Д. О. Яшина: создать чаты, которых ещё нет, и прислать ссылки (ждём ссылки
    на 3 чата). Срок: 05.09.2026. Чаты: «Робототехника (курс)», «Учительская»,
    «Общешкольный канал».
 6. О. И. Лунин: проверить и отправить письмо классному руководителю.
 7. Классные руководители: раздать документы, собрать подписи об ознакомлении и
    только затем включать в чаты.
 8. О. И. Лунин: разобрать в таблицах и настройках ещё 1 замечание.",
        );
    }
}
