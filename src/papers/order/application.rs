//! The application to register the school (31.2.1, 65.3.3): what the letter says. It is a draft: the order is put into it
//! and it is sent by a person.

use super::facts::DraftFacts;
use crate::papers::paper::ClassPapers;
use crate::school::{Email, one_line};

/// The letter that asks to register the school.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Application {
    /// To whom.
    pub to: Email,
    /// Its subject.
    pub subject: String,
    /// Its text.
    pub text: String,
    /// From whom: the administrator of the platform, or the mailbox of the school.
    pub from: Email,
}

/// The application; `None` where the act of the preset asks for none, or nobody has an address to send it from.
pub fn application(papers: &ClassPapers<'_>, facts: &DraftFacts<'_>) -> Option<Application> {
    let words = papers.wording.order.of(papers.regulation.preset).application.as_ref()?;
    let values = facts.values(papers);
    let administrator = facts.staff.find(&papers.school.administrator.name);
    Some(Application {
        to: words.to.parse().ok()?,
        subject: one_line(&values.line(&words.subject)),
        text: values.line(&words.text).replace('\u{a0}', " "),
        from: administrator.and_then(|member| member.email.as_ref()).or(facts.mailbox).cloned()?,
    })
}
