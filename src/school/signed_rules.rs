//! What somebody signs: the rules themselves, whoever they are printed for.

use sha2::{Digest, Sha256};

use super::{Audience, ClassName, Fingerprint, Regulation, Rule};

impl Regulation {
    /// The sum of the rules that somebody of an audience and a class signs; `None` where the act has none for them.
    ///
    /// Names of people, the name of the class, the number of the order and the blanks of its date are no rules: a form
    /// with other rows, or of another class with the same hours, has the same sum.
    pub fn signed_rules(&self, audience: Audience, class: Option<&ClassName>) -> Option<Fingerprint> {
        let rules = self.rules_of(audience, class)?;
        let mut sum = Sha256::new();
        let mut put = |text: &str| {
            let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
            sum.update((words.len() as u64).to_le_bytes());
            sum.update(words);
        };
        put("rules 1");
        put(&self.act.title);
        put(&self.hours_of(class).map(|hours| hours.to_string()).unwrap_or_default());
        for part in [&rules.duties, &rules.forbidden, &rules.rights, &self.common, &self.acknowledgement] {
            put(&part.len().to_string());
            for Rule { clause, text, .. } in part {
                put(clause);
                put(text);
            }
        }
        Some(Fingerprint::of_sum(sum.finalize().into()))
    }
}
