//! A composed letter as a person reads it: its text, and what is attached.
//!
//! It reads only what this program composes: parts in base64 between its own boundaries.

use super::base64::of_base64;
use crate::mail::compose::{ALTERNATIVE, MIXED};

/// The plain text of a letter, and the names and sizes of its files in Latin letters.
pub fn readable(letter: &[u8]) -> String {
    let letter = String::from_utf8_lossy(letter);
    let boundary = format!("--{MIXED}");
    let words = format!("--{ALTERNATIVE}");
    let mut text = String::new();
    let mut files = Vec::new();
    for part in letter.split(boundary.as_str()).skip(1) {
        if let Some(first) = part.split(words.as_str()).nth(1).filter(|first| first.contains("text/plain")) {
            text = String::from_utf8_lossy(&of_base64(body(first))).replace("\r\n", "\n");
        }
        let name = part.split_once("name=\"").and_then(|(_, rest)| rest.split_once('"'));
        if let Some((name, _)) = name {
            let size = of_base64(body(part)).len();
            files.push(format!("  {name}, {}\u{a0}КБ\n", size.div_ceil(1 << 10)));
        }
    }
    if files.is_empty() { text } else { format!("{text}\nПриложено:\n{}", files.concat()) }
}

fn body(part: &str) -> &str {
    part.split_once("\r\n\r\n").map_or("", |(_, body)| body)
}
