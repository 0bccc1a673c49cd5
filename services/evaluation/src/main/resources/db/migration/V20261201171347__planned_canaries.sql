-- The answers that releases register for their canaries; null without a canary.
CREATE TABLE canary_plan (
  workspace_id uuid NOT NULL,
  release_id uuid NOT NULL,
  planned_answers int,
  PRIMARY KEY (workspace_id, release_id)
);
SELECT isolate('canary_plan');
SELECT append_only('canary_plan');

-- The canaries that were compared with a control in as many answers as they registered.
CREATE TABLE canary_comparison (
  workspace_id uuid NOT NULL,
  release_id uuid NOT NULL,
  control_variant_digest text NOT NULL,
  answers bigint NOT NULL,
  planned_answers int NOT NULL,
  PRIMARY KEY (workspace_id, release_id, control_variant_digest)
);
SELECT isolate('canary_comparison');
SELECT append_only('canary_comparison');
