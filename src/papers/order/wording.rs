//! The words of the order, of its annexes and of the application, by preset.

use serde::Deserialize;

use crate::school::{Preset, Template};

/// The built-in words.
pub(in crate::papers) const ORDER: Template =
    Template { name: "papers/order.toml", text: include_str!("../../../templates/papers/order.toml") };

/// The words of the order, of its annexes and of the application.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::papers) struct OrderWording {
    pub(super) word: String,
    pub(super) date: String,
    pub(super) number: String,
    pub(super) orders: String,
    pub(super) basis: String,
    pub(super) cited: String,
    pub(super) acquainted: Acquainted,
    pub(super) register: RegisterWords,
    pub(super) moving: MovingWords,
    preset: Presets,
}

/// The table to be signed.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Acquainted {
    pub(super) heading: String,
    pub(super) number: String,
    pub(super) name: String,
    pub(super) signature: String,
    pub(super) date: String,
    pub(super) blank_rows: u8,
}

/// The first annex.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RegisterWords {
    pub(super) annex: String,
    pub(super) heading: String,
    pub(super) file: String,
    pub(super) number: String,
    pub(super) class: String,
    pub(super) chat: String,
    pub(super) kind: String,
    pub(super) moderator: String,
    pub(super) co_admins: String,
}

/// The second annex.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct MovingWords {
    pub(super) annex: String,
    pub(super) heading: String,
    pub(super) number: String,
    pub(super) old: String,
    pub(super) class: String,
    pub(super) new: String,
    pub(super) responsible: String,
    pub(super) until: String,
    pub(super) none: String,
}

/// The words of every preset: a file that lacks one is refused.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
struct Presets {
    #[serde(rename = "school-62")]
    school_62: PresetOrder,
    belomorsk: PresetOrder,
    #[serde(rename = "school-50")]
    school_50: PresetOrder,
    #[serde(rename = "school-31")]
    school_31: PresetOrder,
    #[serde(rename = "school-65")]
    school_65: PresetOrder,
}

/// What the order of a preset says.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct PresetOrder {
    pub(super) subject: String,
    pub(super) reason: String,
    pub(super) points: Vec<Point>,
    /// The letter that asks to register the school; only some acts know it (31.2.1, 65.3.3).
    #[serde(default)]
    pub(super) application: Option<ApplicationWords>,
}

/// A point of the order.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Point {
    pub(super) text: String,
    #[serde(default)]
    pub(super) items: Vec<String>,
}

/// The letter that asks to register the school.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ApplicationWords {
    pub(super) to: String,
    pub(super) subject: String,
    pub(super) text: String,
}

impl OrderWording {
    /// The words of a preset.
    pub(super) fn of(&self, preset: Preset) -> &PresetOrder {
        match preset {
            Preset::School62 => &self.preset.school_62,
            Preset::Belomorsk => &self.preset.belomorsk,
            Preset::School50 => &self.preset.school_50,
            Preset::School31 => &self.preset.school_31,
            Preset::School65 => &self.preset.school_65,
        }
    }
}

impl PresetOrder {
    /// Whether a value stands in the order or in the application.
    pub(super) fn uses(&self, value: &str) -> bool {
        let points = self.points.iter().flat_map(|point| std::iter::once(&point.text).chain(&point.items));
        let application = self.application.iter().map(|application| &application.text);
        points.chain(application).any(|text| text.contains(&format!("{{{value}}}")))
    }
}
