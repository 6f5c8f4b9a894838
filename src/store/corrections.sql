-- Why a mark was taken in: told by somebody, in the place of one that was wrong, or to say that there is none. Whatever was
-- taken in before a correction or a withdrawal does not hold any more.
ALTER TABLE signature ADD COLUMN entry TEXT NOT NULL DEFAULT 'told' CHECK (entry IN ('told', 'corrected', 'withdrawn'));
ALTER TABLE signature ADD COLUMN why TEXT NOT NULL DEFAULT '';

-- Who runs an old chat, by the folded name of a member of the staff, and by when it is to be closed, where its row says so.
ALTER TABLE old_chat ADD COLUMN responsible TEXT;
ALTER TABLE old_chat ADD COLUMN until TEXT;

-- The table of acknowledgements as it was last left, with nothing in it that is not recorded: the sum of its bytes, and that
-- of what it says. While the file is the same, nobody has written anything into it.
DROP TABLE acknowledgement_table;
CREATE TABLE acknowledgement_table (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    file TEXT NOT NULL,
    says TEXT NOT NULL
) STRICT;
