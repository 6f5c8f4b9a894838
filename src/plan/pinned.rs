//! The rules to paste into a chat and pin there (50.3.3, 31.4.3).
//!
//! One message, short enough to be read: the rules of communication for those who are in the chat. What officials and
//! moderators do stands in their memo. What does not fit is left out rule by rule, never in the middle of a sentence,
//! and the text says where the whole rules are.

use crate::school::{Act, Audience, Chat, Regulation, Rule, dotted};

/// The longest text to pin, in characters: two screens of a telephone, half of what a message of MAX takes.
const PINNED_MAX: usize = 2000;

/// The text to paste and pin in a chat, at most 2000 characters.
pub fn pinned_rules(regulation: &Regulation, chat: &Chat) -> String {
    let mut sections = sections(regulation, chat);
    let head = head(regulation, chat, &sections);
    let mut shortened = false;
    loop {
        let text = text(&head, &sections, &foot(regulation, chat, &sections), &source(&regulation.act, shortened));
        if text.chars().count() <= PINNED_MAX {
            return text;
        }
        // The last rule of the last section goes first: sections stand in the order of what a chat needs most.
        let Some(section) = sections.iter_mut().rev().find(|section| !section.rules.is_empty()) else {
            return text.chars().take(PINNED_MAX).collect();
        };
        section.rules.pop();
        shortened = true;
    }
}

/// A heading with its rules as lines.
struct Section {
    heading: &'static str,
    rules: Vec<String>,
}

fn text(head: &str, sections: &[Section], foot: &[String], source: &str) -> String {
    let sections = sections.iter().filter(|section| !section.rules.is_empty());
    let sections = sections.map(|section| format!("{}\n{}", section.heading, section.rules.join("\n")));
    let blocks = std::iter::once(head.to_owned()).chain(sections).chain([foot.join("\n"), source.to_owned()]);
    blocks.filter(|block| !block.is_empty()).collect::<Vec<_>>().join("\n\n")
}

fn head(regulation: &Regulation, chat: &Chat, sections: &[Section]) -> String {
    let mut lines = vec![format!("Здравствуйте! {}", purpose(chat))];
    if let Some(hours) = regulation.hours_of(chat.class.as_ref()).filter(|_| !chat.kind.is_channel()) {
        let hours = hours.to_string();
        lines.extend((!is_said(sections, &hours)).then(|| format!("Когда писать: {hours}.")));
    }
    if let Some(moderator) = &chat.moderator {
        lines.push(format!("Модератор: {}.", moderator.with_initials()));
    }
    lines.join("\n")
}

/// Whom the chat is for.
fn purpose(chat: &Chat) -> String {
    let place = if chat.kind.is_channel() { "канал" } else { "чат" };
    let of_class = chat.class.as_ref().map(|class| format!(" {} класса", class.quoted())).unwrap_or_default();
    let whom = match chat.audience {
        Audience::Students => format!("обучающихся{of_class}"),
        Audience::Parents if chat.class.is_some() => {
            format!("родителей (законных представителей) обучающихся{of_class}")
        }
        Audience::Parents => "родителей (законных представителей)".to_owned(),
        Audience::Staff if chat.class.is_some() => format!("учителей{of_class}"),
        Audience::Staff => "сотрудников школы".to_owned(),
        Audience::Everyone => "обучающихся, родителей (законных представителей) и сотрудников школы".to_owned(),
    };
    format!("«{}» — {place} для {whom}.", chat.title)
}

fn sections(regulation: &Regulation, chat: &Chat) -> Vec<Section> {
    let rules = regulation.rules_of(chat.audience, chat.class.as_ref()).unwrap_or_default();
    let section = |heading, rules: &[Rule]| Section {
        heading,
        rules: rules.iter().map(|rule| format!("• {}", rule.cited())).collect(),
    };
    vec![
        section("Правила:", &rules.duties),
        section("Нельзя:", &rules.forbidden),
        section("Ваши права:", &rules.rights),
        section("Важно знать:", &regulation.common),
    ]
}

/// What the platform and the law add to the rules of the act, unless a rule says it already.
fn foot(regulation: &Regulation, chat: &Chat, sections: &[Section]) -> Vec<String> {
    let mut lines = Vec::new();
    if !chat.kind.is_channel() {
        lines.push("Номер телефона может быть виден другим участникам чата.".to_owned());
    }
    if matches!(chat.audience, Audience::Parents | Audience::Everyone) && !is_said(sections, "добровольн") {
        lines.push("Участие родителей (законных представителей) добровольное.".to_owned());
    }
    let channel = regulation.other_channel.as_ref().map(|channel| channel.trim_end_matches('.'));
    lines.extend(
        channel.filter(|channel| !is_said(sections, channel)).map(|channel| format!("Другой канал связи: {channel}.")),
    );
    lines
}

/// Whether a rule holds these words.
fn is_said(sections: &[Section], words: &str) -> bool {
    sections.iter().flat_map(|section| &section.rules).any(|rule| rule.contains(words))
}

/// Where the rules come from.
fn source(act: &Act, shortened: bool) -> String {
    let number = act.number.as_ref().map(|number| format!(" № {number}")).unwrap_or_default();
    let date = act.date.map(|date| format!(" от {}", dotted(date))).unwrap_or_default();
    let title = &act.title;
    let order =
        if number.is_empty() && date.is_empty() { String::new() } else { format!(" (приказ{date}{number})") };
    if shortened {
        format!("Здесь приведены не все правила. Полностью они — в документе «{title}»{order} и на листе ознакомления.")
    } else {
        format!("Правила установлены документом «{title}»{order}.")
    }
}

#[cfg(test)]
mod tests {
    use super::{PINNED_MAX, pinned_rules};
    use crate::plan::sample::{Sample, class, regulation};
    use crate::school::{Audience, Chat, ChatKind, Hours, Regulation, Rule, RuleSet, WeekDays};

    fn chat(kind: ChatKind) -> Chat {
        Sample::new().kinds(&[kind]).plan().value.chats().next().expect("a chat").clone()
    }

    fn rule(clause: &str, text: &str) -> Rule {
        Rule { clause: clause.to_owned(), text: text.to_owned(), families_only: false }
    }

    fn with_rules() -> Regulation {
        let rules = RuleSet {
            duties: vec![rule("6", "Пишите коротко и по делу.")],
            forbidden: vec![rule("6", "Не публикуйте чужие фотографии без письменного разрешения.")],
            rights: vec![rule("7", "Вы можете выйти из чата в любое время")],
        };
        let hours = |text| Hours::parse(WeekDays::Weekdays, text).expect("hours");
        Regulation {
            hours: Some(hours("07:00-17:00")),
            class_hours: [(class("7А"), hours("08:00-16:00"))].into(),
            rules: [(Audience::Parents, rules)].into(),
            common: vec![rule("", "Споры решает комиссия школы.")],
            other_channel: Some("электронный журнал, тел. 8 (800) 000-00-00".to_owned()),
            ..regulation()
        }
    }

    #[track_caller]
    fn check(regulation: &Regulation, kind: ChatKind, expected: &str) {
        assert_eq!(pinned_rules(regulation, &chat(kind)).replace('\u{a0}', " "), expected);
    }

    #[test]
    fn rules_of_a_parents_chat() {
        check(
            &with_rules(),
            ChatKind::ClassParents,
            "Здравствуйте! «7А — родители» — чат для родителей (законных представителей) обучающихся 7 «А» класса.
Когда писать: по будням 8:00–16:00.
Модератор: В. Ю. Смирнова.

Правила:
• Пишите коротко и по делу (п. 6).

Нельзя:
• Не публикуйте чужие фотографии без письменного разрешения (п. 6).

Ваши права:
• Вы можете выйти из чата в любое время (п. 7)

Важно знать:
• Споры решает комиссия школы.

Номер телефона может быть виден другим участникам чата.
Участие родителей (законных представителей) добровольное.
Другой канал связи: электронный журнал, тел. 8 (800) 000-00-00.

Правила установлены документом «Положение об использовании коммуникационной платформы МАХ» (приказ от 28.08.2026 № 112).",
        );
    }

    #[test]
    fn what_a_rule_says_is_not_said_again() {
        let duties = vec![
            rule("прил. 1", "Пишите по будням 7:00–17:00."),
            rule("2.6", "Участие добровольное; то же можно узнать иначе: электронный журнал."),
        ];
        let rules = RuleSet { duties, ..RuleSet::default() };
        let regulation = Regulation {
            rules: [(Audience::Parents, rules)].into(),
            common: Vec::new(),
            other_channel: Some("электронный журнал".to_owned()),
            ..with_rules()
        };
        check(
            &regulation,
            ChatKind::ClassParents,
            "Здравствуйте! «7А — родители» — чат для родителей (законных представителей) обучающихся 7 «А» класса.
Модератор: В. Ю. Смирнова.

Правила:
• Пишите по будням 8:00–16:00 (прил. 1).
• Участие добровольное; то же можно узнать иначе: электронный журнал (п. 2.6).

Номер телефона может быть виден другим участникам чата.

Правила установлены документом «Положение об использовании коммуникационной платформы МАХ» (приказ от 28.08.2026 № 112).",
        );
    }

    #[test]
    fn a_channel_has_no_hours() {
        check(
            &Regulation { other_channel: None, common: Vec::new(), ..with_rules() },
            ChatKind::StaffChannel,
            "Здравствуйте! «Сотрудники» — канал для сотрудников школы.
Модератор: Д. О. Яшина.

Правила установлены документом «Положение об использовании коммуникационной платформы МАХ» (приказ от 28.08.2026 № 112).",
        );
    }

    #[test]
    fn what_does_not_fit_is_left_out_rule_by_rule() {
        let mut regulation = with_rules();
        regulation.common = (1..60).map(|number| rule(&number.to_string(), &"Слово ".repeat(20))).collect();
        let text = pinned_rules(&regulation, &chat(ChatKind::ClassParents));
        assert!((PINNED_MAX - 200..=PINNED_MAX).contains(&text.chars().count()), "{}", text.chars().count());
        assert!(text.contains("(п.\u{a0}7)") && text.contains("(п.\u{a0}5)") && !text.contains("(п.\u{a0}59)"));
        assert!(text.contains("Здесь приведены не все правила."));
        assert!(text.lines().all(|line| !line.starts_with("• Слово") || line.ends_with(')')));
    }
}
