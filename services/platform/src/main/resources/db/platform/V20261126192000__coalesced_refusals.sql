-- Refused messages are bounded per topic, which their sender cannot make up: the oldest make room, and the oldest
-- that is left says how many did.
ALTER TABLE dead_letter ADD COLUMN coalesced bigint NOT NULL DEFAULT 0;
CREATE INDEX dead_letter_refusals ON dead_letter (topic, id) WHERE refused;
