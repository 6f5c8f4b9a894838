//! What is done and what is left, as a table for the terminal and as JSON.
//!
//! It reads finished values and changes nothing; it holds no link.
