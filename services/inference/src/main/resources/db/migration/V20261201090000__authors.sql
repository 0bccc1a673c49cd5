-- The authors that prompt-registry names for a content. A content without a row is from before its events named
-- authors: the registry is asked once, and its answer is stored here.
CREATE TABLE prompt_author_projection (
  workspace_id uuid NOT NULL,
  prompt_digest text NOT NULL,
  author text NOT NULL,
  PRIMARY KEY (workspace_id, prompt_digest, author)
);
SELECT isolate('prompt_author_projection');
SELECT append_only('prompt_author_projection');

-- Null where the event is from before it named authors.
ALTER TABLE model_version_projection ADD COLUMN authors text[];
ALTER TABLE split_projection ADD COLUMN authors text[];
