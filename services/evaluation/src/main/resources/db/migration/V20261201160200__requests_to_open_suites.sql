-- The requests of persons who do not own a suite to open the outputs of its runs.
CREATE TABLE suite_opening_request (
  workspace_id uuid NOT NULL,
  suite_digest text NOT NULL,
  reason text NOT NULL,
  requested_by text NOT NULL,
  requested_at timestamptz NOT NULL,
  PRIMARY KEY (workspace_id, suite_digest, requested_by)
);
SELECT isolate('suite_opening_request');
SELECT append_only('suite_opening_request');
