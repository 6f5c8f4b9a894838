-- Why a mark was taken in: told by somebody, in the place of one that was wrong, or to say that there is none. Whatever was
-- taken in before a correction or a withdrawal does not hold any more.
ALTER TABLE signature ADD COLUMN entry TEXT NOT NULL DEFAULT 'told' CHECK (entry IN ('told', 'corrected', 'withdrawn'));
ALTER TABLE signature ADD COLUMN why TEXT NOT NULL DEFAULT '';
