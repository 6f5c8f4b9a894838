//! The command line: arguments, one file per command, output, errors for people, exit status.
//!
//! The only room that knows the terminal, the clock and the environment.
