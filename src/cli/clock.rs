//! The only place that asks what day and what time it is.

use jiff::civil::Date;

/// Today by the clock and the time zone of this machine.
#[expect(clippy::disallowed_methods, reason = "this is the one door to the clock")]
pub(crate) fn today() -> Date {
    jiff::Zoned::now().date()
}

/// The time by the clock of this machine.
#[expect(clippy::disallowed_methods, reason = "this is the one door to the clock")]
pub(crate) fn now() -> jiff::Timestamp {
    jiff::Timestamp::now()
}
