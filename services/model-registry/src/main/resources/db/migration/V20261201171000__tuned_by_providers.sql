-- Whether its provider tuned the model, as its listing says.
ALTER TABLE base_model ADD COLUMN tuned boolean NOT NULL DEFAULT false;

-- Statements that models of providers were tuned; they count once a second person has confirmed them.
CREATE TABLE tuning_statement (
  workspace_id uuid NOT NULL,
  id uuid NOT NULL,
  model text NOT NULL,
  reason text NOT NULL,
  stated_by text NOT NULL,
  stated_at timestamptz NOT NULL,
  confirmed_by text,
  confirmed_at timestamptz,
  PRIMARY KEY (workspace_id, id),
  UNIQUE (workspace_id, model)
);
SELECT isolate('tuning_statement');
SELECT append_only_except('tuning_statement', 'confirmed_by', 'confirmed_at');
SELECT final_once('tuning_statement', 'OLD.confirmed_at IS NOT NULL');
