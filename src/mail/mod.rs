//! Letters to the homeroom teachers: composed once, as bytes.
//!
//! A letter carries the papers of one class and goes to that class's homeroom teacher only. Links and pupils' names
//! stand in the attachments, never in a subject, a header or a file name.
