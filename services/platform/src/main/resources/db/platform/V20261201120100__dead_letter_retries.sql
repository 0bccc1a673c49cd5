-- An event that fails is retried in the background, so that events of other keys do not wait for it. While it waits
-- for that it has a time; a dead letter, for which a person decides, has none.
ALTER TABLE dead_letter ADD COLUMN attempts int NOT NULL DEFAULT 1;
ALTER TABLE dead_letter ADD COLUMN retry_at timestamptz;
CREATE INDEX dead_letter_retry ON dead_letter (retry_at) WHERE retry_at IS NOT NULL;
