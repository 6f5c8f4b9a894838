//! The folder of one school: settings, inputs, templates, outputs, the lock.
//!
//! The only room that writes files, and it writes them whole or not at all. It knows nothing of what stands in them.
