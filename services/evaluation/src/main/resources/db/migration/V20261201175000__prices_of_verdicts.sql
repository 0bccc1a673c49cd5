-- The prices in force of base models. The amounts are null until a second person has approved the first ones.
CREATE TABLE model_price (
  workspace_id uuid NOT NULL,
  model text NOT NULL,
  input_per_million numeric,
  cached_input_per_million numeric,
  output_per_million numeric,
  currency text,
  version bigint NOT NULL,
  PRIMARY KEY (workspace_id, model)
);
SELECT isolate('model_price');
SELECT append_only_except('model_price',
  'input_per_million', 'cached_input_per_million', 'output_per_million', 'currency', 'version');
SELECT forwards_only('model_price', 'version');

-- The tokens of each priced model that the answer took; null of answers from before they were kept.
ALTER TABLE run_item ADD COLUMN usage jsonb;

-- What a criterion on cost was computed from, and the verdict that one under changed prices replaces.
ALTER TABLE verdict ADD COLUMN cost_basis jsonb, ADD COLUMN repriced_verdict_id uuid;
ALTER TABLE verdict DROP CONSTRAINT verdict_workspace_id_run_id_kind_key;
CREATE UNIQUE INDEX verdict_of_run ON verdict (workspace_id, run_id, kind) WHERE repriced_verdict_id IS NULL;
CREATE UNIQUE INDEX verdict_repriced ON verdict (workspace_id, repriced_verdict_id)
  WHERE repriced_verdict_id IS NOT NULL;
