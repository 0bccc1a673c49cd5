-- A statement that was rejected or withdrawn has ended, and its model can be stated again.
ALTER TABLE tuning_statement
  ADD COLUMN ended_as text,
  ADD COLUMN ended_by text,
  ADD COLUMN ended_at timestamptz,
  ADD COLUMN end_reason text,
  DROP CONSTRAINT tuning_statement_workspace_id_model_key;
CREATE UNIQUE INDEX tuning_statement_standing ON tuning_statement (workspace_id, model) WHERE ended_as IS NULL;
CREATE INDEX tuning_statement_open ON tuning_statement (workspace_id, id DESC)
  WHERE confirmed_at IS NULL AND ended_as IS NULL;
DROP TRIGGER append_only ON tuning_statement;
DROP TRIGGER never_emptied ON tuning_statement;
DROP TRIGGER final ON tuning_statement;
SELECT append_only_except(
  'tuning_statement', 'confirmed_by', 'confirmed_at', 'ended_as', 'ended_by', 'ended_at', 'end_reason');
SELECT final_once('tuning_statement', 'OLD.confirmed_at IS NOT NULL OR OLD.ended_as IS NOT NULL');

-- The digest of the prices that a proposal would replace. Proposals from before have none and cannot be approved.
ALTER TABLE price_proposal ADD COLUMN former_digest text;
