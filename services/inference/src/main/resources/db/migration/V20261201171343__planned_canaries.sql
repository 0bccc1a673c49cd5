-- The compared answers with which a canary may be promoted. A release from before, and one without a canary, has none.
ALTER TABLE release ADD COLUMN canary_answers int;

-- The canaries that evaluation compared with a control in as many answers as their releases registered.
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
