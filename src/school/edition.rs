//! Which issue of a paper this is.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// The version of a paper and its date of issue, printed on every paper.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Edition {
    /// 1 for the first issue.
    pub version: u32,
    /// The date of issue: today, or what `--date` says.
    pub issued: Date,
}
