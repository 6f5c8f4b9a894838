//! One letter handed to a mail server, phase by phase, so that what became of it is always known or known to be unknown.
//!
//! It speaks SMTP (RFC 5321) over rustls by itself. lettre composes the letters, but its `SmtpConnection` cannot do three
//! things that sending once needs: its input buffer cannot be looked into, so an answer that a server (or somebody on the
//! line) sent too early — in clear before the TLS handshake, or before the final dot — is taken for the answer to what
//! follows; its timeouts are per read and its socket is not given out, so a server that drips letters holds it for
//! hours; and a reply whose text is not UTF-8 is an error although its code is plain.
//!
//! It knows nothing of the outbox: what must be recorded before the final dot is recorded by a function that it calls
//! there. Nothing that a server says reaches a person unfiltered, for a server repeats addresses and secrets.
//!
//! | file | idea |
//! | --- | --- |
//! | `timing` | how long each phase may take |
//! | `wire` | bytes to and from the server, in clear or by TLS, each phase within its time |
//! | `reply` | bytes → the reply of a server |
//! | `verdict` | a reply in a phase → what it means for the letter and for the whole run |
//! | `session` | a connection: greeting, TLS, sign-in, letters |
//! | `trust` | the certificates that are believed |

mod reply;
mod session;
mod timing;
mod trust;
mod verdict;
mod wire;

pub use session::{Envelope, Post, Session};
pub use timing::Timing;
pub use trust::{Trust, TrustError};
pub use verdict::{Fate, Handed, Stop};
