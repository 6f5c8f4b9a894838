//! Which panics count: those of this program, not those of the libraries that read damaged files.
//!
//! A library's panic is caught where files are read and told as a damaged file; the fuzzer would stop at each of them.

/// Ends the process at a panic in the program's own code, and lets the program catch those of libraries.
pub fn end_at_our_panics() {
    std::panic::set_hook(Box::new(|panic| {
        let place = panic.location().map(ToString::to_string).unwrap_or_default();
        if !place.contains("/registry/") {
            eprintln!("{panic}");
            std::process::abort();
        }
    }));
}
