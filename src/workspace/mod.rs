//! The folder of one school: settings, inputs, templates, outputs, the lock.
//!
//! The only room that writes files, and it writes them whole or not at all. It knows nothing of what stands in them.

mod atomic;
mod folder;
mod lock;
mod outputs;

pub use atomic::{WriteError, write_new, write_whole};
pub use folder::{InputTable, Inputs, Workspace};
pub use lock::{Lock, LockError};
pub use outputs::{Finished, OutputError, Outputs};
