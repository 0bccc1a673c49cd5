-- A refused message that may be an event closes the gates of its type: one that is signed by a key that is unknown
-- here, and one that is too old to be applied by itself. Two people may accept it like any other dead letter. Such
-- messages give way to a flood last.
ALTER TABLE dead_letter ADD COLUMN closes boolean NOT NULL DEFAULT false;
ALTER TABLE dead_letter ADD CONSTRAINT closing_refusal CHECK (refused OR NOT closes);
CREATE INDEX dead_letter_closing ON dead_letter (workspace_id, type, id) WHERE closes AND accepted_at IS NULL;
CREATE INDEX dead_letter_giving_way ON dead_letter (topic, id)
  WHERE refused AND (NOT closes OR accepted_at IS NOT NULL);
