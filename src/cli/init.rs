//! `init`: a new workspace after a short dialogue.

use jiff::civil::Date;

use super::args::{InitArgs, date};
use super::error::CommandError;
use super::ui::Ui;
use crate::roster;
use crate::school::{Email, Hours, Preset, WeekDays};
use crate::workspace::{
    InitAnswers, ROSTERS, SETTINGS, create_folder, filled, official_name, settings_template, write_new,
};

/// Runs the command.
pub(crate) fn run(args: &InitArgs, ui: &Ui) -> Result<(), CommandError> {
    let settings = args.folder.join(SETTINGS);
    if settings.exists() {
        return Err(CommandError::usage(
            format!("в папке «{}» уже есть файл {SETTINGS}.", args.folder.display()),
            "Чтобы начать заново, укажите другую папку.",
        ));
    }
    let text = if args.yes {
        with_preset(settings_template(), args.preset)
    } else if ui.is_interactive() {
        filled(&answers(args.preset, ui)?)
    } else {
        return Err(CommandError::usage(
            "задать вопросы некому: программа запущена не в терминале.",
            "Добавьте ключ --yes: настройки будут записаны с образцами значений.",
        ));
    };
    let tables = roster::blank_tables()
        .map_err(|error| CommandError::world(error.to_string(), "Сообщите об этом разработчикам."))?;
    // A table that already lies there is the school's own: it stays.
    let kept = tables.into_iter().filter(|table| !args.folder.join(table.file_name).exists()).collect::<Vec<_>>();
    for table in &kept {
        write_new(&args.folder.join(table.file_name), &table.bytes)?;
    }
    let lists = args.folder.join(ROSTERS);
    create_folder(&lists)?;
    // The settings come last: a folder with them is a workspace, and it is one only when it is whole.
    write_new(&settings, text.as_bytes())?;
    let folder = args.folder.display();
    ui.answer(&format!(
        "Рабочая папка «{folder}» готова.\n\nЧто дальше:\n  1. Положите списки классов в папку «{}».\n  \
         2. Заполните таблицу «{}» (нагрузка.xlsx и группы.xlsx — если нужны чаты по предметам и кружкам; \
         старые_чаты.xlsx — если переезжаете из других мессенджеров).\n  \
         3. Просмотрите настройки «{}».\n  4. Проверьте: zavuch проверить \"{folder}\"\n",
        lists.display(),
        args.folder.join("штат.xlsx").display(),
        settings.display(),
    ));
    Ok(())
}

/// The template of the settings with another preset.
fn with_preset(template: &str, preset: Option<Preset>) -> String {
    let Some(preset) = preset else { return template.to_owned() };
    let line = |line: &str| match line.strip_prefix("preset = ") {
        Some(_) => format!("preset = \"{}\"\n", preset.id()),
        None => format!("{line}\n"),
    };
    template.lines().map(line).collect()
}

/// What is said when a question that needs an answer is passed over.
const NEEDED: &str = "Без этого бумаги не составить: напишите ответ.";

fn answers(preset: Option<Preset>, ui: &Ui) -> Result<InitAnswers, CommandError> {
    ui.say("Несколько вопросов о школе. Всё можно потом исправить в файле zavuch.toml.\nПрервать: Ctrl+C, тогда ничего не будет записано.\n");
    let name = |answer: &str| match answer {
        "" => Err(NEEDED.to_owned()),
        name => official_name(name),
    };
    let text = |answer: &str| match answer.trim() {
        "" => Err(NEEDED.to_owned()),
        text if text.chars().count() > 300 => Err("Слишком длинно: до 300 знаков.".to_owned()),
        text => Ok(text.to_owned()),
    };
    Ok(InitAnswers {
        school_full_name: ask(ui, "Полное название школы по уставу:", text)?,
        school_short_name: ask(ui, "Краткое название (стоит на листах):", text)?,
        city: ask(ui, "Населённый пункт (например, г. Заречный):", text)?,
        director: ask(ui, "Директор (фамилия, имя, отчество):", name)?,
        curator: ask(ui, "Куратор чатов, заместитель директора (фамилия, имя, отчество):", name)?,
        administrator: ask(ui, "Администратор платформы (фамилия, имя, отчество):", name)?,
        preset: match preset {
            Some(preset) => preset,
            None => ask(ui, &preset_question(), choice)?,
        },
        hours: ask(ui, "Время для сообщений, например 07:00-17:00 (Enter — как в образце):", optional(hours))?,
        chats_deadline: ask(ui, "К какому дню создать чаты, например 28.08.2026 (Enter — без срока):", optional(day))?,
        mailbox: ask(ui, "Адрес почты, с которого пойдут письма (Enter — впишу потом):", optional(email))?,
    })
}

/// Asks until the answer is right.
fn ask<T>(ui: &Ui, question: &str, read: impl Fn(&str) -> Result<T, String>) -> Result<T, CommandError> {
    loop {
        let answer = ui.ask(question)?;
        match read(&answer) {
            Ok(value) => return Ok(value),
            Err(reason) => ui.say(&format!("  {reason}")),
        }
    }
}

/// A question that Enter passes over.
fn optional<T>(read: impl Fn(&str) -> Result<T, String>) -> impl Fn(&str) -> Result<Option<T>, String> {
    move |answer| if answer.is_empty() { Ok(None) } else { read(answer).map(Some) }
}

fn preset_question() -> String {
    let lines = Preset::ALL.iter().enumerate().map(|(index, preset)| {
        let words = match preset {
            Preset::School62 => "порядок электронного взаимодействия, будни 7:00–17:00",
            Preset::Belomorsk => "порядок взаимодействия на цифровой платформе, администратор рассылает ссылки",
            Preset::School50 => "правила чатов с родителями, 8:00–19:00, комиссия по спорам",
            Preset::School31 => "положение о платформе MAX, ознакомление до включения в чат",
            Preset::School65 => "сервисы взаимодействия, «Сферум» вместе с MAX",
        };
        format!("\n  {} — {} ({words})", index + 1, preset.id())
    });
    format!("Образец регламента:{}\nНомер:", lines.collect::<String>())
}

fn choice(answer: &str) -> Result<Preset, String> {
    let by_number = answer.parse::<usize>().ok().and_then(|number| Preset::ALL.get(number.checked_sub(1)?)).copied();
    let by_name = Preset::ALL.into_iter().find(|preset| preset.id() == answer);
    by_number.or(by_name).ok_or_else(|| format!("Напишите число от 1 до {}.", Preset::ALL.len()))
}

/// The reason of a value's type as a sentence.
fn sentence(reason: &impl std::fmt::Display) -> String {
    let reason = reason.to_string();
    let mut letters = reason.chars();
    let first = letters.next().map(char::to_uppercase).into_iter().flatten();
    format!("{}{}.", first.collect::<String>(), letters.as_str())
}

fn hours(answer: &str) -> Result<Hours, String> {
    Hours::parse(WeekDays::Weekdays, answer).map_err(|error| sentence(&error))
}

fn day(answer: &str) -> Result<Date, String> {
    date(answer).map_err(|reason| sentence(&reason))
}

fn email(answer: &str) -> Result<Email, String> {
    answer.parse().map_err(|error| sentence(&error))
}

#[cfg(test)]
mod tests {
    use super::{choice, with_preset};
    use crate::school::Preset;
    use crate::workspace::settings_template;

    #[test]
    fn a_preset_is_chosen_by_number_or_name() {
        assert_eq!(choice("4"), Ok(Preset::School31));
        assert_eq!(choice("belomorsk"), Ok(Preset::Belomorsk));
        assert!(choice("0").is_err());
        assert!(choice("6").is_err());
    }

    #[test]
    fn the_template_takes_every_preset() {
        for preset in Preset::ALL {
            let text = with_preset(settings_template(), Some(preset));
            assert!(text.lines().any(|line| line == format!("preset = \"{}\"", preset.id())));
        }
    }
}
