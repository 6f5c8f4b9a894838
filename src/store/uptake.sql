-- Since when the program knows the rules that are signed: a mark of before is one of earlier rules.
CREATE TABLE rules_version (
    audience TEXT NOT NULL,
    sum TEXT NOT NULL,
    since TEXT NOT NULL,
    PRIMARY KEY (audience, sum)
) STRICT, WITHOUT ROWID;

-- What came of asking somebody to sign, mark by mark. Whoever is forgotten goes with the pupil.
CREATE TABLE signature (
    id INTEGER PRIMARY KEY,
    kind TEXT NOT NULL CHECK (kind IN ('parent', 'student', 'staff')),
    student_id TEXT REFERENCES student ON DELETE CASCADE,
    guardian_id TEXT,
    staff TEXT,
    mark TEXT NOT NULL CHECK (mark IN ('acquainted', 'refused', 'other_channel', 'not_returned')),
    day TEXT NOT NULL,
    -- Whether the table told the day; else it is that on which the mark was taken in.
    told INTEGER NOT NULL CHECK (told IN (0, 1)),
    rules TEXT,
    taken_on TEXT NOT NULL,
    CHECK ((kind = 'staff') = (student_id IS NULL)),
    CHECK ((kind = 'staff') = (staff IS NOT NULL)),
    CHECK (kind = 'parent' OR guardian_id IS NULL)
) STRICT;
CREATE INDEX signature_of_student ON signature (student_id) WHERE student_id IS NOT NULL;

-- What the table of acknowledgements was last brought up from, as a sum: while it is the same, nothing is to be done.
CREATE TABLE acknowledgement_table (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    sum TEXT NOT NULL
) STRICT;

-- The last comparison of a chat's members with those who should be in it; of strangers only the number is kept.
CREATE TABLE chat_roll (
    chat_id INTEGER PRIMARY KEY REFERENCES chat_key ON DELETE CASCADE,
    day TEXT NOT NULL,
    number INTEGER CHECK (number >= 0),
    strangers INTEGER NOT NULL CHECK (strangers >= 0),
    doubtful INTEGER NOT NULL CHECK (doubtful >= 0),
    -- What the register of links said then; -1 for everybody.
    register INTEGER CHECK (register >= -1)
) STRICT;

CREATE TABLE chat_roll_member (
    id INTEGER PRIMARY KEY,
    chat_id INTEGER NOT NULL REFERENCES chat_roll ON DELETE CASCADE,
    student_id TEXT REFERENCES student ON DELETE CASCADE,
    -- '' for a parent without an id; NULL for the pupil.
    guardian_id TEXT,
    staff TEXT,
    CHECK ((student_id IS NULL) = (staff IS NOT NULL)),
    CHECK (guardian_id IS NULL OR student_id IS NOT NULL)
) STRICT;
CREATE INDEX roll_member_of_chat ON chat_roll_member (chat_id);
CREATE INDEX roll_member_of_student ON chat_roll_member (student_id) WHERE student_id IS NOT NULL;
