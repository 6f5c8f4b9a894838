//! Who has signed the rules and who has joined the chats: the recorded school + what people send back → what is new.
//!
//! The table of acknowledgements is written from what is recorded, filled in by people, and taken in again, as a whole or in
//! parts, in any order; only marks that say something new count. A list of a chat's members is compared with those who
//! should be in it; nobody is guessed, and of strangers nothing but their number leaves this room.
//!
//! It knows no file but those it is given, no store and no terminal.
//!
//! | file | idea |
//! | --- | --- |
//! | `signers` | who is asked to sign |
//! | `take_marks` | which marks of tables are new, and which cannot be used |
//! | `match_row` | whom a row means |
//! | `renew` | the table of acknowledgements as it should be |
//! | `note` | hints of the program and words of people in one cell |
//! | `beside` | what somebody put beside the table |
//! | `sheet` | how it looks |
//! | `member_list` | the names of a chat's members, from a text or a table |
//! | `extent` | whether a list can be the whole one |
//! | `roll_call` | who is there, who is missing, who is a stranger |
//! | `shown_name` | a name as somebody typed it into the messenger |

mod beside;
mod extent;
mod match_row;
mod member_list;
mod note;
mod renew;
mod roll_call;
mod sheet;
mod shown_name;
mod signers;
mod take_marks;

pub use extent::{Extent, ListDoubt, ToldRoll};
pub use member_list::{MemberList, ReadList, read_member_list};
pub use renew::{OldTable, RecordedTable, RenewedTable, RowOfSheet, UptakeError, class_table, renewed_table};
pub use roll_call::{Doubtful, RollCall, roll_call};
pub use signers::{Signer, Signers};
pub use take_marks::{LOSSES, Losses, TakenMarks, Verdict, VerdictKind, Versions, take_marks};
