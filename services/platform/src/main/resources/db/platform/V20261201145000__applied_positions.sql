-- Up to which offset of each partition this service has dealt with events. A gate answers once these rows have passed
-- the ends of its topics. The rows change often and in place.
CREATE TABLE applied_position (
  topic text NOT NULL,
  "partition" int NOT NULL,
  next_offset bigint NOT NULL,
  PRIMARY KEY (topic, "partition")
) WITH (fillfactor = 20);

-- A dead letter closes the gates that it could change the answer of, until it is applied or two people accept that it
-- is not. The events behind an accepted one no longer wait for it.
ALTER TABLE dead_letter
  ADD COLUMN proposed_by text,
  ADD COLUMN proposed_at timestamptz,
  ADD COLUMN reason text,
  ADD COLUMN accepted_by text,
  ADD COLUMN accepted_at timestamptz,
  ADD CONSTRAINT accepted_by_two CHECK (accepted_by IS NULL OR accepted_by <> proposed_by);
