//! The folder of one school: settings, inputs, templates, outputs, the lock.
//!
//! The only room beside [`store`](crate::store) that writes files, and it writes them whole or not at all. It knows nothing
//! of what stands in them.

mod atomic;
mod document;
mod folder;
mod input_paths;
mod lists;
mod lock;
mod outputs;
mod regulations;
mod settings;
mod templates;

#[cfg(test)]
pub(crate) use atomic::{Act, faults};
pub use atomic::{
    WriteError, clear_unfinished, clear_unfinished_files, create_folder, write_lasting, write_new, write_public,
    write_whole,
};
pub use folder::{InputTable, Inputs, OUTPUTS, ROSTERS, SETTINGS, TEMPLATES, Workspace};
pub use input_paths::is_input;
pub use lists::lists;
pub use lock::{Lock, LockError};
pub use outputs::{Finished, OutputError, Outputs};
pub use regulations::{OwnValues, load_regulation, regulation_template};
pub use settings::{
    InitAnswers, filled, official_name, read_column_words, read_settings, sample_values, school_name, settings_template,
};
pub use templates::Templates;
