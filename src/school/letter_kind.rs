//! What a letter is written for, as it is recorded and as a part of its Message-ID.

/// The whole papers of a class.
pub const FIRST: &str = "class";

/// What a change brings.
pub const CHANGE: &str = "change";

/// A former moderator is to hand chats over: it brings nothing of the class, and does not go to the homeroom teacher.
pub const HANDOVER: &str = "handover";

/// Something is still to be done. Its letter is the only one that was composed for no package.
pub const REMINDER: &str = "reminder";
