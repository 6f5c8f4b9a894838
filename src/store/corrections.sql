-- Why a mark was taken in: told by somebody, in the place of one that was wrong, or to say that there is none. Whatever was
-- taken in before a correction or a withdrawal does not hold any more.
ALTER TABLE signature ADD COLUMN entry TEXT NOT NULL DEFAULT 'told' CHECK (entry IN ('told', 'corrected', 'withdrawn'));
ALTER TABLE signature ADD COLUMN why TEXT NOT NULL DEFAULT '';

-- Who runs an old chat, by the folded name of a member of the staff, and by when it is to be closed, where its row says so.
ALTER TABLE old_chat ADD COLUMN responsible TEXT;
ALTER TABLE old_chat ADD COLUMN until TEXT;
