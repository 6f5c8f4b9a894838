//! Papers of every preset on the disk, for the eye: `cargo test --lib papers::gallery -- --ignored`.

use super::forms_sample::Sample;
use super::memo::MemoFacts;
use super::{Paper, PaperError, PaperKind, announcements, consents, rules_sheets, violation_log};
use crate::plan::pinned_rules;
use crate::school::{Chat, Preset};

#[test]
#[ignore = "writes files to look at"]
#[expect(clippy::disallowed_methods, reason = "a scratch file of a test, below target")]
fn look() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("target/papers");
    std::fs::create_dir_all(&folder).unwrap();
    for preset in Preset::ALL {
        for (name, sample) in ["7a", "school", "empty", "long"].into_iter().zip(Sample::of_every_kind(preset)) {
            let sheets = sample.sheets();
            let papers = sample.papers(&sheets);
            let pinned = |chat: &Chat| pinned_rules(&sample.regulation, chat);
            let facts = MemoFacts { deadlines: &sample.deadlines, pinned: &pinned };
            let made: [Result<Option<Paper>, PaperError>; 4] =
                [rules_sheets(&papers), consents(&papers), violation_log(&papers), announcements(&papers, &facts)];
            for paper in made.into_iter().filter_map(Result::unwrap) {
                let kind = match paper.kind {
                    PaperKind::Rules => "rules",
                    PaperKind::Consents => "consents",
                    PaperKind::ViolationLog => "log",
                    _ => "announcements",
                };
                let path = folder.join(format!("{}-{name}-{kind}", preset.id()));
                std::fs::write(path.with_extension("pdf"), paper.bytes).unwrap();
                if let Some(copy) = paper.copy {
                    std::fs::write(path.with_extension("txt"), copy.bytes).unwrap();
                }
            }
        }
    }
}
