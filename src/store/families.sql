-- A paper may be the sheet of a family, known by one of its children. What a column may hold cannot be altered: the table
-- is made anew.
CREATE TABLE paper_anew (
    id INTEGER PRIMARY KEY,
    run_id INTEGER NOT NULL REFERENCES run,
    class_id INTEGER REFERENCES class,
    -- The address on the school's own site that it carries; NULL where it carries the link itself, or no code.
    short_link_id INTEGER REFERENCES short_link,
    kind TEXT NOT NULL CHECK (
        kind IN ('poster', 'slip', 'family', 'form', 'memo', 'rules', 'consent', 'log', 'announcements', 'order',
            'chat_register', 'application')
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
    CHECK ((kind IN ('slip', 'family')) = (student_id IS NOT NULL)),
    CHECK ((kind IN ('form', 'rules')) = (audience IS NOT NULL))
) STRICT;
INSERT INTO paper_anew (id, run_id, class_id, short_link_id, kind, chat_id, student_id, audience, version, issued, content,
        core, void_on, void_why, void_run)
    SELECT id, run_id, class_id, short_link_id, kind, chat_id, student_id, audience, version, issued, content, core,
        void_on, void_why, void_run
    FROM paper;
DROP TABLE paper;
ALTER TABLE paper_anew RENAME TO paper;
CREATE UNIQUE INDEX paper_that_holds
    ON paper (ifnull(class_id, 0), kind, ifnull(chat_id, 0), ifnull(student_id, ''), ifnull(audience, ''))
    WHERE void_on IS NULL;
CREATE INDEX paper_of_class ON paper (class_id);
CREATE INDEX paper_of_student ON paper (student_id) WHERE student_id IS NOT NULL;
