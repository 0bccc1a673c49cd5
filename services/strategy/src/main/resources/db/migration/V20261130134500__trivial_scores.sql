-- What variants without any skill score over a suite, as evaluation published it.
CREATE TABLE trivial_scores (
  workspace_id uuid NOT NULL,
  suite_digest text NOT NULL,
  variants jsonb NOT NULL,
  PRIMARY KEY (workspace_id, suite_digest)
);
SELECT isolate('trivial_scores');
SELECT append_only('trivial_scores');
