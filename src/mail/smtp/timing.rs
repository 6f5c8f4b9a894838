//! How long each phase may take.

use std::time::Duration;

/// The longest time that each phase may take as a whole, however many bytes trickle in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Timing {
    /// Reaching the server.
    pub connect: Duration,
    /// The TLS handshake and the greeting (RFC 5321, 4.5.3.2.1: five minutes).
    pub greeting: Duration,
    /// A command and its reply (4.5.3.2.2–4: five minutes).
    pub command: Duration,
    /// The text of a letter; every megabyte adds `megabyte`.
    pub body: Duration,
    /// What a megabyte adds.
    pub megabyte: Duration,
    /// The reply to the final dot (4.5.3.2.6: ten minutes). A shorter time makes outcomes unknown that are not.
    pub dot: Duration,
    /// Everything up to the final dot, all phases together.
    pub overall: Duration,
    /// The farewell.
    pub quit: Duration,
}

impl Default for Timing {
    fn default() -> Self {
        let minutes = |minutes: u64| Duration::from_secs(60 * minutes);
        Self {
            connect: Duration::from_secs(30),
            greeting: minutes(5),
            command: minutes(5),
            body: minutes(3),
            megabyte: minutes(2),
            dot: minutes(10),
            overall: minutes(60),
            quit: Duration::from_secs(3),
        }
    }
}

impl Timing {
    /// How long the text of a letter of so many bytes may take.
    pub(super) fn of_body(&self, bytes: usize) -> Duration {
        let megabytes = u32::try_from(bytes >> 20).unwrap_or(u32::MAX);
        self.body.saturating_add(self.megabyte.saturating_mul(megabytes)).min(self.overall)
    }
}
