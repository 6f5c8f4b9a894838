//! The folder of one school: settings, inputs, templates, outputs, the lock.
//!
//! The only room that writes files, and it writes them whole or not at all. It knows nothing of what stands in them.

mod document;
mod regulations;
mod settings;
mod templates;

pub use regulations::{OwnValues, load_regulation};
pub use settings::{InitAnswers, filled, read_settings, settings_template};
pub use templates::Templates;
