-- The one row that says which store this is, how often it was recorded into, and whether the register of links is still
-- that of last year.
CREATE TABLE store (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    id TEXT NOT NULL,
    mark INTEGER NOT NULL,
    register_is_past INTEGER NOT NULL DEFAULT 0 CHECK (register_is_past IN (0, 1))
) STRICT;
INSERT INTO store (one, id, mark) VALUES (1, lower(hex(randomblob(16))), 0);

CREATE TABLE run (
    id INTEGER PRIMARY KEY,
    date TEXT NOT NULL,
    at TEXT NOT NULL
) STRICT;

-- Every class that was ever named; papers and events of a class that is gone still point here.
CREATE TABLE class (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    current INTEGER NOT NULL CHECK (current IN (0, 1))
) STRICT;

CREATE TABLE homeroom (
    class_id INTEGER PRIMARY KEY REFERENCES class,
    surname TEXT NOT NULL, given TEXT NOT NULL, patronymic TEXT,
    email TEXT
) STRICT;

CREATE TABLE student (
    id TEXT PRIMARY KEY,
    class_id INTEGER NOT NULL REFERENCES class,
    position INTEGER NOT NULL,
    surname TEXT NOT NULL, given TEXT NOT NULL, patronymic TEXT,
    birth_date TEXT,
    school TEXT,
    stable_id TEXT,
    file TEXT NOT NULL, sheet TEXT, cell_row INTEGER, cell_column INTEGER, line INTEGER,
    left_on TEXT, left_why TEXT, left_run INTEGER REFERENCES run,
    CHECK ((left_on IS NULL) = (left_why IS NULL)),
    CHECK ((left_on IS NULL) = (left_run IS NULL))
) STRICT, WITHOUT ROWID;

CREATE TABLE guardian (
    student_id TEXT NOT NULL REFERENCES student ON DELETE CASCADE,
    position INTEGER NOT NULL,
    id TEXT,
    surname TEXT, given TEXT, patronymic TEXT,
    kinship TEXT, phone TEXT, email TEXT,
    PRIMARY KEY (student_id, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE staff (
    folded TEXT PRIMARY KEY,
    surname TEXT NOT NULL, given TEXT NOT NULL, patronymic TEXT,
    email TEXT,
    file TEXT NOT NULL, sheet TEXT, cell_row INTEGER, cell_column INTEGER, line INTEGER
) STRICT, WITHOUT ROWID;

-- Every chat that was ever named. A chat that gets another key keeps its row, and with it its history; one whose key
-- was given to another chat is superseded.
CREATE TABLE chat_key (
    id INTEGER PRIMARY KEY,
    key TEXT NOT NULL,
    superseded INTEGER NOT NULL DEFAULT 0 CHECK (superseded IN (0, 1))
) STRICT;
CREATE UNIQUE INDEX chat_key_of_now ON chat_key (key) WHERE superseded = 0;

-- The chats that are to exist.
CREATE TABLE chat (
    id INTEGER PRIMARY KEY REFERENCES chat_key,
    kind TEXT NOT NULL,
    title TEXT NOT NULL,
    class_id INTEGER REFERENCES class,
    topic TEXT,
    group_name TEXT,
    audience TEXT NOT NULL,
    moderator_surname TEXT, moderator_given TEXT, moderator_patronymic TEXT
) STRICT;

CREATE TABLE chat_co_admin (
    chat_id INTEGER NOT NULL REFERENCES chat ON DELETE CASCADE,
    position INTEGER NOT NULL,
    surname TEXT NOT NULL, given TEXT NOT NULL, patronymic TEXT,
    PRIMARY KEY (chat_id, position)
) STRICT, WITHOUT ROWID;

-- Positions have gaps, so that one newcomer is one row.
CREATE TABLE chat_member (
    chat_id INTEGER NOT NULL REFERENCES chat ON DELETE CASCADE,
    position INTEGER NOT NULL,
    role TEXT NOT NULL,
    surname TEXT, given TEXT, patronymic TEXT,
    student_surname TEXT, student_given TEXT, student_patronymic TEXT,
    person_id TEXT,
    student_id TEXT,
    PRIMARY KEY (chat_id, position)
) STRICT, WITHOUT ROWID;

-- What people tell of a chat.
CREATE TABLE chat_progress (
    chat_id INTEGER PRIMARY KEY REFERENCES chat_key,
    origin TEXT CHECK (origin IN ('by_hand', 'by_sferum')),
    handed_out_on TEXT,
    -- How many have joined; -1 for everybody.
    joined INTEGER CHECK (joined >= -1),
    CHECK (coalesce(origin, handed_out_on, joined) IS NOT NULL)
) STRICT;

-- The chats in foreign messengers: no link, nobody's name.
CREATE TABLE old_chat (
    key TEXT PRIMARY KEY,
    words TEXT NOT NULL,
    -- The chat that replaces it.
    chat_id INTEGER REFERENCES chat_key,
    state TEXT NOT NULL CHECK (state IN ('not_begun', 'announced', 'moved', 'closed')),
    since TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- A link that was revoked and one that is «reissued» are both void; of the latter's chat a new one is expected.
CREATE TABLE link (
    id INTEGER PRIMARY KEY,
    chat_id INTEGER NOT NULL REFERENCES chat_key,
    url TEXT NOT NULL,
    state TEXT NOT NULL CHECK (
        state IN ('received', 'active', 'replaced', 'withdrawn', 'reissued', 'revoked', 'expired')
    ),
    received_on TEXT NOT NULL,
    -- Since when papers may carry it.
    active_on TEXT,
    ended_on TEXT,
    -- Which one took its place.
    replaced_by INTEGER REFERENCES link ON DELETE SET NULL,
    ended_run INTEGER REFERENCES run,
    why TEXT NOT NULL,
    CHECK ((state IN ('received', 'active')) = (ended_on IS NULL)),
    CHECK ((ended_on IS NULL) = (ended_run IS NULL)),
    CHECK (state <> 'active' OR active_on IS NOT NULL)
) STRICT;
CREATE UNIQUE INDEX active_link ON link (chat_id) WHERE state = 'active';
CREATE UNIQUE INDEX received_link ON link (chat_id) WHERE state = 'received';
CREATE INDEX link_replaced_by ON link (replaced_by) WHERE replaced_by IS NOT NULL;
CREATE INDEX link_of_chat ON link (chat_id);

-- The addresses on the school's own site that papers carry, for ever: no token is ever given out again. A chat that gets
-- another key keeps its token; one that is closed or revoked loses it, and so does one that gets a new address. What is
-- told of it here is what its page says when it is gone.
CREATE TABLE short_link (
    id INTEGER PRIMARY KEY,
    token TEXT NOT NULL UNIQUE,
    chat_id INTEGER NOT NULL REFERENCES chat_key,
    since TEXT NOT NULL,
    title TEXT NOT NULL,
    kind TEXT NOT NULL,
    audience TEXT NOT NULL,
    class TEXT,
    -- Since when papers that carry it are void.
    ended_on TEXT,
    ended_run INTEGER REFERENCES run,
    CHECK ((ended_on IS NULL) = (ended_run IS NULL))
) STRICT;
CREATE INDEX short_link_of_chat ON short_link (chat_id);
CREATE UNIQUE INDEX short_link_of_now ON short_link (chat_id) WHERE ended_on IS NULL;

-- The folders into which the site of short links was published; the last one was named last.
CREATE TABLE site (
    id INTEGER PRIMARY KEY,
    folder TEXT NOT NULL UNIQUE,
    base TEXT NOT NULL
) STRICT;

-- SHA-256 of every link that was forgotten: it is known again if somebody puts it back, and cannot be read.
CREATE TABLE forgotten_link (
    sum TEXT PRIMARY KEY
) STRICT, WITHOUT ROWID;

CREATE TABLE paper (
    id INTEGER PRIMARY KEY,
    run_id INTEGER NOT NULL REFERENCES run,
    class_id INTEGER REFERENCES class,
    -- The address on the school's own site that it carries; NULL where it carries the link itself, or no code.
    short_link_id INTEGER REFERENCES short_link,
    kind TEXT NOT NULL CHECK (
        kind IN ('poster', 'slip', 'form', 'memo', 'rules', 'consent', 'log', 'announcements', 'order', 'chat_register',
            'application')
    ),
    chat_id INTEGER REFERENCES chat_key,
    student_id TEXT,
    audience TEXT,
    version INTEGER NOT NULL,
    issued TEXT NOT NULL,
    content TEXT NOT NULL,
    core TEXT NOT NULL,
    void_on TEXT, void_why TEXT, void_run INTEGER REFERENCES run,
    CHECK ((void_on IS NULL) = (void_why IS NULL)),
    CHECK ((kind IN ('poster', 'slip')) = (chat_id IS NOT NULL)),
    CHECK ((kind = 'slip') = (student_id IS NOT NULL)),
    CHECK ((kind IN ('form', 'rules')) = (audience IS NOT NULL))
) STRICT;
CREATE UNIQUE INDEX paper_that_holds
    ON paper (ifnull(class_id, 0), kind, ifnull(chat_id, 0), ifnull(student_id, ''), ifnull(audience, ''))
    WHERE void_on IS NULL;
CREATE INDEX paper_of_class ON paper (class_id);
CREATE INDEX paper_of_student ON paper (student_id) WHERE student_id IS NOT NULL;

-- What one class or the school still has to be given, and what it was given.
CREATE TABLE package (
    id INTEGER PRIMARY KEY,
    run_id INTEGER NOT NULL REFERENCES run,
    class_id INTEGER REFERENCES class,
    issued TEXT NOT NULL,
    number INTEGER,
    content TEXT,
    closed INTEGER NOT NULL CHECK (closed IN (0, 1)),
    CHECK (closed = 1 OR (number IS NULL AND content IS NOT NULL))
) STRICT;
CREATE UNIQUE INDEX open_package ON package (ifnull(class_id, 0)) WHERE closed = 0;
CREATE UNIQUE INDEX package_number ON package (ifnull(class_id, 0), issued, number) WHERE number IS NOT NULL;

-- The outbox. A letter goes queued → attempt → dot → sent; what is in attempt was not sent, what is in dot may have been.
-- Moments are seconds since 1970.
CREATE TABLE letter (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    -- NULL for a reminder.
    package_id INTEGER REFERENCES package,
    class_id INTEGER NOT NULL REFERENCES class,
    kind TEXT NOT NULL,
    surname TEXT NOT NULL, given TEXT NOT NULL, patronymic TEXT,
    address TEXT NOT NULL,
    subject TEXT NOT NULL,
    file TEXT NOT NULL,
    message_id TEXT NOT NULL UNIQUE,
    size INTEGER NOT NULL,
    -- SHA-256 of class, address, Message-ID and bytes.
    sum TEXT NOT NULL,
    state TEXT NOT NULL CHECK (
        state IN ('queued', 'attempt', 'dot', 'sent', 'unknown', 'failed', 'held', 'cancelled')
    ),
    tries INTEGER NOT NULL,
    first_try INTEGER,
    not_before INTEGER,
    since INTEGER NOT NULL,
    why TEXT NOT NULL
) STRICT;

-- The message itself; no row where it is not kept any more. Apart from the letter, so that noting a step writes no
-- attachments anew.
CREATE TABLE letter_text (
    letter_id INTEGER PRIMARY KEY REFERENCES letter,
    bytes BLOB NOT NULL
) STRICT;
CREATE INDEX letter_of_class ON letter (class_id);
CREATE INDEX letter_of_package ON letter (package_id);
CREATE INDEX letter_open ON letter (state) WHERE state NOT IN ('sent', 'cancelled');

-- One row for every letter that a server may have taken, tests among them: the limit of the day counts them.
CREATE TABLE letter_spent (
    id INTEGER PRIMARY KEY,
    at INTEGER NOT NULL
) STRICT;
CREATE INDEX letter_spent_at ON letter_spent (at);

CREATE TABLE event (
    id INTEGER PRIMARY KEY,
    run_id INTEGER NOT NULL REFERENCES run,
    class_id INTEGER REFERENCES class,
    kind TEXT NOT NULL,
    person_id TEXT,
    chat_id INTEGER REFERENCES chat_key,
    words TEXT NOT NULL,
    why TEXT NOT NULL,
    file TEXT, sheet TEXT, cell_row INTEGER, cell_column INTEGER, line INTEGER
) STRICT;
CREATE INDEX event_of_person ON event (person_id) WHERE person_id IS NOT NULL;
CREATE INDEX event_of_chat ON event (chat_id) WHERE chat_id IS NOT NULL;
CREATE INDEX event_of_class ON event (class_id) WHERE class_id IS NOT NULL;
CREATE INDEX event_of_new_year ON event (run_id) WHERE kind = 'class_up';

-- Pupils whom the words of an event may name, besides the one it is about.
CREATE TABLE event_mention (
    event_id INTEGER NOT NULL REFERENCES event ON DELETE CASCADE,
    person_id TEXT NOT NULL,
    PRIMARY KEY (event_id, person_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX mention_of_person ON event_mention (person_id);

CREATE TABLE answer (
    before TEXT NOT NULL,
    after TEXT NOT NULL,
    verdict TEXT NOT NULL CHECK (verdict IN ('same', 'different')),
    at TEXT NOT NULL,
    PRIMARY KEY (before, after)
) STRICT, WITHOUT ROWID;

-- How many people were forgotten, and when: nothing else is kept of them.
CREATE TABLE forgotten (
    id INTEGER PRIMARY KEY,
    date TEXT NOT NULL,
    people INTEGER NOT NULL
) STRICT;
