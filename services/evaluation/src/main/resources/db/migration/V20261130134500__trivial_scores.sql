-- What variants without any skill score over the items of a suite: computed with it, for older suites when asked.
CREATE TABLE trivial_scores (
  workspace_id uuid NOT NULL,
  suite_digest text NOT NULL,
  variants jsonb NOT NULL,
  computed_at timestamptz NOT NULL,
  PRIMARY KEY (workspace_id, suite_digest)
);
SELECT isolate('trivial_scores');
SELECT append_only('trivial_scores');
