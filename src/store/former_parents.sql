-- Parents whom the lists name no longer, as far as something was taken in of them: a mark keeps the name of whose it is. They
-- go with the pupil.
CREATE TABLE former_guardian (
    student_id TEXT NOT NULL REFERENCES student ON DELETE CASCADE,
    id TEXT NOT NULL,
    surname TEXT NOT NULL, given TEXT NOT NULL, patronymic TEXT,
    PRIMARY KEY (student_id, id)
) STRICT, WITHOUT ROWID;

-- Whether the event takes this very pupil, or a parent of the pupil, out of a chat; else the words only name somebody of that
-- name. NULL where an earlier version of the program did not note it.
ALTER TABLE event_mention ADD COLUMN is_subject INTEGER CHECK (is_subject IN (0, 1));
