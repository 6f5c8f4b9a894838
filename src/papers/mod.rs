//! What stands on a paper (content) → pages (layout in mm) → PDF bytes.
//!
//! Content says what stands there, layout places it in millimetres on a display list, and only the last step knows PDF.
//! The bytes depend on the arguments alone: no clock, no counter of the process, no order of threads. It opens no
//! file and prints nothing.
