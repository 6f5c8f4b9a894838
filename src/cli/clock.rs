//! The only place that asks what day it is.

use jiff::civil::Date;

/// Today by the clock and the time zone of this machine.
#[expect(clippy::disallowed_methods, reason = "this is the one door to the clock")]
pub(crate) fn today() -> Date {
    jiff::Zoned::now().date()
}
