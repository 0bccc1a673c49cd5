-- Everybody whose words a content has, by its digest. Publishing equal content adds its publisher and removes nobody.
CREATE TABLE prompt_author (
  workspace_id uuid NOT NULL,
  digest text NOT NULL,
  author text NOT NULL,
  PRIMARY KEY (workspace_id, digest, author)
);
SELECT isolate('prompt_author');
SELECT append_only('prompt_author');

-- The words that a version brought into its prompt, as hashes of eight bytes of each run of words, and whose they are.
-- A version without a row is from before authors were kept; the row is added when its authors are first needed.
CREATE TABLE prompt_words (
  workspace_id uuid NOT NULL,
  prompt_id uuid NOT NULL,
  version int NOT NULL,
  authors text[] NOT NULL,
  runs bytea NOT NULL,
  PRIMARY KEY (workspace_id, prompt_id, version),
  FOREIGN KEY (workspace_id, prompt_id, version) REFERENCES prompt_version
);
SELECT isolate('prompt_words');
SELECT append_only('prompt_words');
