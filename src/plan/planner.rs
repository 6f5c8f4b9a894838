//! The whole plan.

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::draft::Titled;
use super::participants::PupilIndex;
use super::people::StaffIndex;
use super::titles::Titles;
use super::{ChatPlan, ClassPlan, class_chats, group_chats, school_chats};
use crate::school::{
    Chat, ChatKey, Checked, ClassName, Groups, Homeroom, Issue, IssueKind, PersonName, Place, Roster, SchoolClass,
    SchoolYear, Settings, Staff, TeachingLoad,
};

/// The name of the settings file, for places of issues.
pub(super) const SETTINGS_FILE: &str = "zavuch.toml";

/// Everything that the plan follows from.
#[derive(Clone, Copy, Debug)]
pub struct Inputs<'a> {
    /// What the school has decided.
    pub settings: &'a Settings,
    /// Who learns in which class.
    pub roster: &'a Roster,
    /// Who works in the school.
    pub staff: &'a Staff,
    /// Who teaches what to whom.
    pub load: &'a TeachingLoad,
    /// Courses, events, methodical and active groups.
    pub groups: &'a Groups,
    /// The chats of the last run: whoever is in that of a group stays there when a namesake comes to the school.
    pub before: &'a BTreeMap<ChatKey, Chat>,
    /// Those who left the school, by the chats that they were in: nobody else is taken for one of them until they are
    /// forgotten.
    pub departed: &'a BTreeMap<ChatKey, Vec<Departed>>,
    /// The homeroom teachers of the last run, by the names that the classes have now: their chats stay theirs until somebody
    /// else is named.
    pub homerooms: &'a BTreeMap<ClassName, Homeroom>,
}

/// A pupil who left the school and may still stand in the table of groups.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Departed {
    /// The name as last recorded.
    pub name: PersonName,
    /// The last class; `None` where that was in an earlier school year: a table that says 8А may mean the 7А of then.
    pub class: Option<ClassName>,
}

/// The inputs with what is looked up in them again and again.
pub(super) struct Context<'a> {
    pub(super) inputs: &'a Inputs<'a>,
    pub(super) staff: StaffIndex<'a>,
    pub(super) pupils: PupilIndex<'a>,
}

/// The chats that should exist in a school year.
///
/// The settings say which kinds there are, even one that the preset does not know. The issues are titles that MAX does
/// not take, titles that two chats share, and chats that nobody moderates.
pub fn plan(inputs: &Inputs<'_>, year: SchoolYear) -> Checked<ChatPlan> {
    let mut issues = Vec::new();
    let context = Context { inputs, staff: StaffIndex::of(inputs.staff), pupils: PupilIndex::of(inputs.roster) };
    let mut titles = Titles::new(inputs.settings, year);
    let drafted = |class| {
        let led = Led::of(&context, class);
        let drafts = class_chats::drafts(&context, class, led.by.as_ref());
        (class, led, drafts)
    };
    let mut classes = Vec::new();
    let drafted: Vec<_> = inputs.roster.classes.par_iter().map(|(_, class)| drafted(class)).collect();
    // A title that is taken is told of the later chat: in the order of the classes.
    for (class, led, drafts) in drafted {
        issues.extend(led.issue(class));
        let named: Vec<Titled> = drafts.into_iter().filter_map(|draft| titles.give(draft, &mut issues)).collect();
        classes.push((class, led, named));
    }
    let planned = |(class, led, named): (&SchoolClass, Led, Vec<Titled>)| {
        let chats = named.into_iter().map(Titled::chat).collect();
        let Led { by: homeroom, successor_of } = led;
        ClassPlan { name: class.name.clone(), pupils: class.students.len(), homeroom, successor_of, chats }
    };
    let classes = classes.into_par_iter().map(planned).collect();
    let mut drafts = group_chats::drafts(&context, &mut issues);
    drafts.extend(school_chats::drafts(&context, &mut issues));
    drafts.sort_by(|one, other| (one.kind, &one.key).cmp(&(other.kind, &other.key)));
    let school: Vec<Titled> = drafts.into_iter().filter_map(|draft| titles.give(draft, &mut issues)).collect();
    let school = school.into_par_iter().map(Titled::chat).collect();
    Checked::new(ChatPlan { year, classes, school }, issues)
}

/// Who leads a class.
struct Led {
    by: Option<Homeroom>,
    successor_of: Option<PersonName>,
}

impl Led {
    fn of(context: &Context<'_>, class: &SchoolClass) -> Self {
        let named = context.staff.homeroom(class);
        let former = context.inputs.homerooms.get(&class.name).filter(|_| named.is_none());
        // Nothing of the class goes to somebody who does not lead it any more.
        let former = former.map(|former| Homeroom { name: former.name.clone(), email: None });
        Self { successor_of: former.as_ref().map(|former| former.name.clone()), by: named.or(former) }
    }

    fn issue(&self, class: &SchoolClass) -> Option<Issue> {
        let former = self.successor_of.as_ref()?;
        let message = format!(
            "Классный руководитель {} ({former}) больше не назван, а нового нет: чаты класса пока остаются за прежним, из них \
             его ещё не удаляют.",
            class.name
        );
        let advice = "Впишите нового в столбец «Классное руководство» таблицы штата: чаты передадут ему, а затем прежний выйдет.";
        let place = class.students.first().map(|student| student.place.clone()).unwrap_or_default();
        Some(Issue::new(IssueKind::NoHomeroomTeacher, Place { cell: None, line: None, ..place }, message, advice))
    }
}

#[cfg(test)]
mod tests {
    use crate::plan::sample::{Sample, class};
    use crate::school::{Chat, ChatKind, MemberRole, PersonName, TitleTemplate};

    /// «key = title | moderator + administrators | the others».
    fn line(chat: &Chat) -> String {
        let initials = |name: &PersonName| name.with_initials().replace('\u{a0}', " ");
        let moderator = chat.moderator.as_ref().map_or_else(|| "—".to_owned(), initials);
        let administrators: Vec<_> = std::iter::once(moderator).chain(chat.co_admins.iter().map(initials)).collect();
        let others = chat.members.iter().filter(|member| member.role > MemberRole::CoAdmin).map(|member| {
            let name = member.name.as_ref().map_or_else(|| "?".to_owned(), PersonName::without_patronymic);
            match &member.student {
                Some(student) => format!("{name} ({})", student.given),
                None => name,
            }
        });
        let others = others.collect::<Vec<_>>().join(", ");
        format!("{} = {} | {} | {others}", chat.key, chat.title, administrators.join(" + "))
    }

    #[track_caller]
    fn check(sample: &Sample, expected: &[&str]) {
        assert_eq!(sample.plan().value.chats().map(line).collect::<Vec<_>>(), expected);
    }

    #[track_caller]
    fn check_issues(sample: &Sample, expected: &[&str]) {
        let issues: Vec<String> = sample
            .plan()
            .issues
            .iter()
            .map(|issue| format!("{}: {issue}", issue.kind.id()).replace('\u{a0}', " "))
            .collect();
        assert_eq!(issues, expected);
    }

    const CLASS: [ChatKind; 4] =
        [ChatKind::ClassStudents, ChatKind::ClassParents, ChatKind::ClassTeachers, ChatKind::ClassSubject];

    #[test]
    fn chats_of_classes() {
        check(
            &Sample::new().kinds(&CLASS),
            &[
                "7А/ученики = 7А — обучающиеся | В. Ю. Смирнова | Ёлкин Пётр, Жуков Иван",
                "7А/родители = 7А — родители | В. Ю. Смирнова | Ёлкин Илья (Пётр), Ёлкина Нина (Пётр), ? (Иван)",
                "7А/учителя = 7А — учителя | В. Ю. Смирнова | Кузнецова Ольга, Титов Егор",
                "7А/предмет/алгебра = 7А — Алгебра | В. Ю. Смирнова | Ёлкин Пётр, Жуков Иван",
                "7А/предмет/английский язык/1 = 7А — Английский язык, группа 1 | О. С. Кузнецова + В. Ю. Смирнова | ",
                "7А/предмет/английский язык/2 = 7А — Английский язык, группа 2 | Е. А. Титов + В. Ю. Смирнова | ",
                "10/ученики = 10 — обучающиеся | О. С. Кузнецова | Ёлкина Яна",
                "10/родители = 10 — родители | О. С. Кузнецова | Ёлкина Нина (Яна)",
                "10/учителя = 10 — учителя | О. С. Кузнецова | Смирнова Вера",
            ],
        );
        check_issues(&Sample::new().kinds(&CLASS), &[]);
    }

    #[test]
    fn chats_of_groups_and_of_the_school() {
        let kinds: Vec<_> = ChatKind::ALL.into_iter().filter(|kind| !CLASS.contains(kind)).collect();
        let everybody = "Ветрова Анна, Кузнецова Ольга, Смирнова Вера, Титов Егор";
        check(
            &Sample::new().kinds(&kinds),
            &[
                "группа/курс/робототехника = Робототехника (курс) | Е. А. Титов | Ёлкина Яна, Жуков Иван",
                "группа/методическое объединение/учителя математики = Учителя математики (методическое объединение) | — | Смирнова Вера",
                &format!("школа/учительская = Учительская | Д. О. Яшина + О. И. Лунин | {everybody}"),
                "школа/директор и заместители = Директор и заместители | А. П. Ветрова + О. И. Лунин | ",
                "школа/директор и педагоги = Директор и педагоги | А. П. Ветрова + О. И. Лунин | \
                 Кузнецова Ольга, Смирнова Вера, Титов Егор",
                "школа/родительский актив = Директор и родительский актив | А. П. Ветрова + О. И. Лунин | \
                 Ёлкина Нина (Пётр), Ёлкина Нина (Яна)",
                "школа/актив обучающихся = Директор и актив обучающихся | А. П. Ветрова + О. И. Лунин | Ёлкина Яна",
                &format!(
                    "школа/общешкольный канал = Общешкольный канал | Д. О. Яшина + О. И. Лунин | {everybody}, \
                     Ёлкин Пётр, Ёлкина Яна, Жуков Иван, \
                     Ёлкин Илья (Пётр), Ёлкина Нина (Пётр), Ёлкина Нина (Яна), ? (Иван)"
                ),
                &format!("школа/сотрудники = Сотрудники | Д. О. Яшина + О. И. Лунин | {everybody}"),
            ],
        );
        check_issues(
            &Sample::new().kinds(&kinds),
            &["no_moderator: группы.xlsx, лист «Группы», ячейка B3: У группы «Учителя математики» не указан \
               руководитель, поэтому у её чата нет модератора. Впишите руководителя в эту строку таблицы групп."],
        );
    }

    #[test]
    fn the_administrator_joins_class_chats_when_the_settings_say_so() {
        let mut sample = Sample::new().kinds(&[ChatKind::ClassParents, ChatKind::ClassSubject]);
        sample.settings.chats.administrator_in_class_chats = true;
        sample.roster.classes.remove(&class("10"));
        sample.load.lessons.truncate(1);
        check(
            &sample,
            &[
                "7А/родители = 7А — родители | В. Ю. Смирнова + Д. О. Яшина | \
                 Ёлкин Илья (Пётр), Ёлкина Нина (Пётр), ? (Иван)",
                "7А/предмет/английский язык/2 = 7А — Английский язык, группа 2 | \
                 Е. А. Титов + В. Ю. Смирнова + Д. О. Яшина | ",
            ],
        );
    }

    #[test]
    fn the_order_of_rows_and_their_spelling_change_nothing() {
        let sample = Sample::new();
        let mut other = Sample::new();
        other.load.lessons.reverse();
        other.groups.groups.reverse();
        other.staff.members.reverse();
        for lesson in &mut other.load.lessons {
            lesson.group = lesson.group.as_ref().map(|group| group.to_uppercase());
        }
        assert_eq!(sample.plan().value, other.plan().value);
    }

    #[test]
    fn two_teachers_of_one_subject_run_its_chat_together() {
        let mut sample = Sample::new().kinds(&[ChatKind::ClassSubject]);
        for lesson in &mut sample.load.lessons {
            lesson.subject = "английский  Язык".to_owned();
            lesson.group = None;
        }
        sample.load.lessons[0].subject = "Английский язык".to_owned();
        check(
            &sample,
            &["7А/предмет/английский язык = 7А — Английский язык | Е. А. Титов + О. С. Кузнецова + В. Ю. Смирнова | \
               Ёлкин Пётр, Жуков Иван"],
        );
    }

    fn template(text: &str) -> TitleTemplate {
        TitleTemplate::parse(ChatKind::ClassParents, text).unwrap()
    }

    #[test]
    fn titles_follow_the_templates_of_the_settings() {
        let mut sample = Sample::new().kinds(&[ChatKind::ClassParents]);
        sample.roster.classes.remove(&class("10"));
        sample.settings.chats.titles.insert(ChatKind::ClassParents, template("{школа}. Родители {класс}, {год}"));
        check(
            &sample,
            &["7А/родители = МБОУ «Средняя школа № 31». Родители 7А, 2026/2027 | В. Ю. Смирнова | \
               Ёлкин Илья (Пётр), Ёлкина Нина (Пётр), ? (Иван)"],
        );
    }

    #[test]
    fn alike_and_impossible_titles_are_issues() {
        let mut sample = Sample::new().kinds(&[ChatKind::ClassStudents, ChatKind::ClassParents]);
        sample.roster.classes.remove(&class("10"));
        sample.settings.chats.titles.insert(ChatKind::ClassParents, template("{класс} — Обучающиеся"));
        check_issues(
            &sample,
            &["repeated_title: zavuch.toml: Название «7А — обучающиеся» получается у двух чатов, второй из них — \
               «7А/родители». Добавьте {класс} в шаблон названий вида class_parents в файле zavuch.toml."],
        );
        let mut sample = Sample::new().kinds(&[ChatKind::Course]);
        sample.groups.groups[0].title = "Щ".repeat(200);
        let issues = sample.plan().issues;
        assert_eq!(issues[0].place.to_string(), "группы.xlsx, лист «Группы», ячейка B2");
        assert!(issues[0].message.ends_with(" название чата длиннее 200 знаков."), "{}", issues[0].message);
    }

    #[test]
    fn the_homeroom_teacher_has_the_address_of_the_staff_table() {
        let plan = Sample::new().plan().value;
        let homeroom = |text| {
            let homeroom =
                plan.class(&class(text)).and_then(|class| class.homeroom.clone()).expect("a homeroom teacher");
            format!("{} {:?}", homeroom.name, homeroom.email.map(|email| email.to_string()))
        };
        assert_eq!(homeroom("7А"), r#"Смирнова Вера Юрьевна Some("smirnova@example.org")"#);
        assert_eq!(homeroom("10"), "Кузнецова Ольга Сергеевна None");
    }
}
