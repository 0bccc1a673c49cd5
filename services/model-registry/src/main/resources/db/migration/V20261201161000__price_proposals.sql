-- A model has no price until a second person has approved the first one. Prices from before have no decision.
ALTER TABLE base_model
  ALTER COLUMN input_per_million DROP NOT NULL,
  ALTER COLUMN output_per_million DROP NOT NULL,
  ALTER COLUMN currency DROP NOT NULL,
  ADD COLUMN price_proposal_id uuid,
  ADD COLUMN price_proposed_by text,
  ADD COLUMN price_approved_by text,
  ADD COLUMN price_approval_id uuid,
  ADD COLUMN price_valid_from timestamptz;
DROP TRIGGER append_only ON base_model;
DROP TRIGGER never_emptied ON base_model;
SELECT append_only_except('base_model',
  'model_digest', 'description', 'context_window', 'input_per_million', 'cached_input_per_million',
  'output_per_million', 'currency', 'licence', 'deprecated_on', 'version', 'price_proposal_id', 'price_proposed_by',
  'price_approved_by', 'price_approval_id', 'price_valid_from');

-- The approved proposals of a model are the history of its prices; decided_at is when they took effect.
CREATE TABLE price_proposal (
  workspace_id uuid NOT NULL,
  id uuid NOT NULL,
  model text NOT NULL,
  digest text NOT NULL,
  input_per_million numeric(18, 9) NOT NULL,
  cached_input_per_million numeric(18, 9),
  output_per_million numeric(18, 9) NOT NULL,
  currency text NOT NULL,
  reason text NOT NULL,
  requester text NOT NULL,
  requested_at timestamptz NOT NULL,
  state text NOT NULL,
  approval_id uuid,
  decided_by text,
  decided_at timestamptz,
  PRIMARY KEY (workspace_id, id),
  FOREIGN KEY (workspace_id, model) REFERENCES base_model (workspace_id, name)
);
CREATE INDEX price_proposal_of_model ON price_proposal (workspace_id, model, id DESC);
CREATE INDEX price_proposal_requested ON price_proposal (workspace_id, id DESC) WHERE state = 'REQUESTED';
SELECT isolate('price_proposal');
SELECT append_only_except('price_proposal', 'state', 'approval_id', 'decided_by', 'decided_at');
SELECT final_unless('price_proposal', 'REQUESTED');
