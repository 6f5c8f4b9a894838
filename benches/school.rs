//! The speed of the stages and of the whole.

fn main() {}
