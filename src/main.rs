//! The program `zavuch`.

fn main() {}
