//! «Один ли это ученик?»: the dialogue on a terminal. What is not answered waits.

use std::collections::BTreeSet;

use super::clock;
use super::planning::Question;
use super::ui::Ui;
use crate::report::pupil_with_place;
use crate::school::{Noun, PersonId, count};
use crate::store::{Answer, Verdict};

const QUESTIONS: Noun = Noun::new("вопрос", "вопроса", "вопросов");

/// Questions that are not asked again by this run.
#[derive(Debug, Default)]
pub(crate) struct PutOff {
    put_off: BTreeSet<(PersonId, String)>,
    answered: BTreeSet<(PersonId, String)>,
}

/// Asks what was not put off. An empty answer, or the end of the input, puts a question off, as does an answer that
/// settles nothing, for it fits two namesakes alike.
pub(crate) fn ask(questions: &[Question], put_off: &mut PutOff, ui: &Ui) -> Vec<Answer> {
    let key = |question: &Question| Some((question.before.id?, question.key().to_string()));
    let open: Vec<_> = questions.iter().filter_map(|question| Some((key(question)?, question))).collect();
    for (key, question) in &open {
        if put_off.answered.contains(key) && put_off.put_off.insert(key.clone()) {
            ui.say(&format!(
                "Ответ о том, кто такой {}, не помог: по спискам не понять, о ком из тёзок он. Впишите обоим даты рождения, а родителей пока \
                 оставьте прежних; потом меняйте остальное.",
                pupil_with_place(&question.after)
            ));
        }
    }
    let open: Vec<_> = open.into_iter().filter(|(key, _)| !put_off.put_off.contains(key)).collect();
    if open.is_empty() {
        return Vec::new();
    }
    ui.say(&format!(
        "Нужно ответить, кто есть кто: {}. Пустой ответ — решить позже: до ответа с этими учениками ничего не делается.",
        count(open.len(), QUESTIONS)
    ));
    let mut answers = Vec::new();
    for (number, ((before, after), question)) in open.iter().enumerate() {
        ui.say(&format!(
            "\n{} из {}. Один ли это ученик? Причина вопроса: {}.\n  было:  {}\n  стало: {}",
            number + 1,
            open.len(),
            question.reason,
            pupil_with_place(&question.before),
            pupil_with_place(&question.after),
        ));
        match verdict(ui) {
            Some(verdict) => {
                put_off.answered.insert((*before, after.clone()));
                answers.push(Answer { before: *before, after: after.clone(), verdict, at: clock::now() });
            }
            None => {
                put_off.put_off.insert((*before, after.clone()));
            }
        }
    }
    ui.say("");
    answers
}

fn verdict(ui: &Ui) -> Option<Verdict> {
    loop {
        let answer = ui.ask("  да / нет / Enter — позже:").ok()?;
        match answer.to_lowercase().as_str() {
            "" => return None,
            "да" | "д" | "y" | "yes" => return Some(Verdict::Same),
            "нет" | "н" | "n" | "no" => return Some(Verdict::Different),
            _ => ui.say("  Напишите «да» или «нет», или нажмите Enter, чтобы ответить позже."),
        }
    }
}
