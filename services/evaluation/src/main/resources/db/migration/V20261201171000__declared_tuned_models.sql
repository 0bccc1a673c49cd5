-- Models that their providers tuned, as the catalogue or a confirmed statement says.
CREATE TABLE declared_tuned_model (
  workspace_id uuid NOT NULL,
  model text NOT NULL,
  PRIMARY KEY (workspace_id, model)
);
SELECT isolate('declared_tuned_model');
SELECT append_only('declared_tuned_model');
