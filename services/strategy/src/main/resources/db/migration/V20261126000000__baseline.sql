CREATE TABLE application (
  workspace_id uuid NOT NULL,
  id uuid NOT NULL,
  name text NOT NULL,
  purpose text NOT NULL,
  owner text NOT NULL,
  criticality text NOT NULL,
  task text NOT NULL,
  monthly_volume bigint NOT NULL,
  registered_by text NOT NULL,
  registered_at timestamptz NOT NULL,
  published_events int NOT NULL,
  version bigint NOT NULL,
  PRIMARY KEY (workspace_id, id),
  UNIQUE (workspace_id, name)
);
SELECT isolate('application');
SELECT append_only_except('application', 'published_events', 'version');

CREATE TABLE assessment (
  workspace_id uuid NOT NULL,
  id uuid NOT NULL,
  application text NOT NULL,
  answers jsonb NOT NULL,
  result jsonb NOT NULL,
  author text NOT NULL,
  completed_at timestamptz NOT NULL,
  PRIMARY KEY (workspace_id, id),
  FOREIGN KEY (workspace_id, application) REFERENCES application (workspace_id, name)
);
SELECT isolate('assessment');
SELECT append_only('assessment');
CREATE INDEX assessment_application ON assessment (workspace_id, application, id);

CREATE TABLE criteria (
  workspace_id uuid NOT NULL,
  application text NOT NULL,
  version int NOT NULL,
  digest text NOT NULL,
  suite_digest text NOT NULL,
  planned_verdicts int NOT NULL,
  candidates_per_phase int NOT NULL,
  criteria jsonb NOT NULL,
  -- RELEASE or REFRESH: the newest version of each is in force.
  purpose text NOT NULL,
  author text NOT NULL,
  registered_at timestamptz NOT NULL,
  event_id uuid NOT NULL,
  ledger_index bigint,
  PRIMARY KEY (workspace_id, application, version),
  FOREIGN KEY (workspace_id, application) REFERENCES application (workspace_id, name)
);
SELECT isolate('criteria');
-- The receipt arrives after the registration.
SELECT append_only_except('criteria', 'ledger_index');
SELECT final_once('criteria', 'OLD.ledger_index IS NOT NULL');
CREATE INDEX criteria_event ON criteria (workspace_id, event_id);

-- Criteria that ask less than those in force, until a second person has decided.
CREATE TABLE criteria_proposal (
  workspace_id uuid NOT NULL,
  id uuid NOT NULL,
  application text NOT NULL,
  version int NOT NULL,
  digest text NOT NULL,
  proposed jsonb NOT NULL,
  loosens text[] NOT NULL,
  reason text NOT NULL,
  requester text NOT NULL,
  requested_at timestamptz NOT NULL,
  state text NOT NULL,
  decided_by text,
  decided_at timestamptz,
  approval_id uuid,
  PRIMARY KEY (workspace_id, id),
  FOREIGN KEY (workspace_id, application) REFERENCES application (workspace_id, name)
);
SELECT isolate('criteria_proposal');
SELECT append_only_except('criteria_proposal', 'state', 'decided_by', 'decided_at', 'approval_id');
SELECT final_unless('criteria_proposal', 'REQUESTED');

CREATE TABLE phase (
  workspace_id uuid NOT NULL,
  application text NOT NULL,
  phase text NOT NULL,
  state text NOT NULL,
  missing text[] NOT NULL,
  verdicts uuid[] NOT NULL,
  waiver uuid,
  reason text NOT NULL,
  version bigint NOT NULL,
  changed_at timestamptz NOT NULL,
  PRIMARY KEY (workspace_id, application, phase),
  FOREIGN KEY (workspace_id, application) REFERENCES application (workspace_id, name)
);
SELECT isolate('phase');
SELECT append_only_except('phase', 'state', 'missing', 'verdicts', 'waiver', 'reason', 'version', 'changed_at');
SELECT forwards_only('phase', 'version');

CREATE TABLE waiver (
  workspace_id uuid NOT NULL,
  id uuid NOT NULL,
  application text NOT NULL,
  phase text NOT NULL,
  reason text NOT NULL,
  digest text NOT NULL,
  requester text NOT NULL,
  requested_at timestamptz NOT NULL,
  state text NOT NULL,
  decided_by text,
  decided_at timestamptz,
  approval_id uuid,
  decision_reason text,
  PRIMARY KEY (workspace_id, id),
  FOREIGN KEY (workspace_id, application) REFERENCES application (workspace_id, name)
);
SELECT isolate('waiver');
SELECT append_only_except('waiver', 'state', 'decided_by', 'decided_at', 'approval_id', 'decision_reason');
SELECT final_unless('waiver', 'REQUESTED');
CREATE INDEX waiver_application ON waiver (workspace_id, application, id);

CREATE TABLE cost_model (
  workspace_id uuid NOT NULL,
  id uuid NOT NULL,
  application text,
  request jsonb NOT NULL,
  result jsonb NOT NULL,
  author text NOT NULL,
  created_at timestamptz NOT NULL,
  PRIMARY KEY (workspace_id, id)
);
SELECT isolate('cost_model');
SELECT append_only('cost_model');

CREATE TABLE recommendation (
  workspace_id uuid NOT NULL,
  id uuid NOT NULL,
  application text NOT NULL,
  result jsonb NOT NULL,
  author text NOT NULL,
  issued_at timestamptz NOT NULL,
  PRIMARY KEY (workspace_id, id),
  FOREIGN KEY (workspace_id, application) REFERENCES application (workspace_id, name)
);
SELECT isolate('recommendation');
SELECT append_only('recommendation');
CREATE INDEX recommendation_application ON recommendation (workspace_id, application, id);

-- Projections of the events of other services. No foreign keys: topics have no mutual order, so a reference
-- may arrive before what it names.
CREATE TABLE verdict (
  workspace_id uuid NOT NULL,
  id uuid NOT NULL,
  kind text NOT NULL,
  application text NOT NULL,
  sequence bigint NOT NULL,
  phase text,
  subject_digest text NOT NULL,
  criteria_digest text,
  run_id uuid,
  release_id uuid,
  outcome text NOT NULL,
  reasons text[] NOT NULL,
  issued_at timestamptz NOT NULL,
  PRIMARY KEY (workspace_id, id)
);
SELECT isolate('verdict');
SELECT append_only('verdict');
CREATE INDEX verdict_application ON verdict (workspace_id, application, sequence);

CREATE TABLE baseline (
  workspace_id uuid NOT NULL,
  application text NOT NULL,
  run_id uuid NOT NULL,
  variant_digest text NOT NULL,
  recorded_at timestamptz NOT NULL,
  PRIMARY KEY (workspace_id, application, run_id)
);
SELECT isolate('baseline');
SELECT append_only('baseline');

CREATE TABLE run (
  workspace_id uuid NOT NULL,
  id uuid NOT NULL,
  application text,
  suite_digest text NOT NULL,
  variant_digest text NOT NULL,
  outcome text NOT NULL,
  items bigint NOT NULL,
  failed_items bigint NOT NULL,
  metrics jsonb NOT NULL,
  cost numeric NOT NULL,
  currency text NOT NULL,
  finished_at timestamptz NOT NULL,
  PRIMARY KEY (workspace_id, id)
);
SELECT isolate('run');
SELECT append_only('run');
CREATE INDEX run_application ON run (workspace_id, application, finished_at);

CREATE TABLE comparison (
  workspace_id uuid NOT NULL,
  id uuid NOT NULL,
  application text NOT NULL,
  baseline_run uuid NOT NULL,
  deltas jsonb NOT NULL,
  finished_at timestamptz NOT NULL,
  PRIMARY KEY (workspace_id, id)
);
SELECT isolate('comparison');
SELECT append_only('comparison');
CREATE INDEX comparison_application ON comparison (workspace_id, application, finished_at);

CREATE TABLE variant (
  workspace_id uuid NOT NULL,
  digest text NOT NULL,
  application text NOT NULL,
  name text NOT NULL,
  prompt_digest text NOT NULL,
  model text NOT NULL,
  model_digest text,
  index_digest text,
  -- All that may answer, its own first.
  models jsonb NOT NULL,
  parameters jsonb NOT NULL,
  created_at timestamptz NOT NULL,
  PRIMARY KEY (workspace_id, application, digest)
);
SELECT isolate('variant');
SELECT append_only('variant');

CREATE TABLE tuned_model (
  workspace_id uuid NOT NULL,
  digest text NOT NULL,
  model text NOT NULL,
  model_version int NOT NULL,
  base_model text NOT NULL,
  job_id uuid NOT NULL,
  PRIMARY KEY (workspace_id, digest)
);
SELECT isolate('tuned_model');
SELECT append_only('tuned_model');

CREATE TABLE release (
  workspace_id uuid NOT NULL,
  id uuid NOT NULL,
  application text NOT NULL,
  environment text NOT NULL,
  variant_digest text NOT NULL,
  previous_variant_digest text,
  state text NOT NULL,
  percent int NOT NULL,
  reason text,
  version bigint NOT NULL,
  changed_at timestamptz NOT NULL,
  PRIMARY KEY (workspace_id, id)
);
SELECT isolate('release');
SELECT append_only_except('release', 'state', 'percent', 'reason', 'version', 'changed_at');
SELECT forwards_only('release', 'version');
CREATE INDEX release_application ON release (workspace_id, application, changed_at);

CREATE TABLE usage (
  workspace_id uuid NOT NULL,
  application text NOT NULL,
  day date NOT NULL,
  variant_digest text NOT NULL,
  requests bigint NOT NULL,
  errors bigint NOT NULL,
  input_tokens bigint NOT NULL,
  output_tokens bigint NOT NULL,
  unpriced_requests bigint NOT NULL,
  cost numeric NOT NULL,
  currency text NOT NULL,
  PRIMARY KEY (workspace_id, application, day, variant_digest, currency)
);
SELECT isolate('usage');

CREATE TABLE dataset_version (
  workspace_id uuid NOT NULL,
  digest text NOT NULL,
  dataset text NOT NULL,
  dataset_version int NOT NULL,
  rows bigint NOT NULL,
  labels jsonb NOT NULL,
  pii_findings bigint NOT NULL,
  masked boolean NOT NULL,
  PRIMARY KEY (workspace_id, digest)
);
SELECT isolate('dataset_version');
SELECT append_only('dataset_version');
CREATE INDEX dataset_version_name ON dataset_version (workspace_id, dataset, dataset_version);

CREATE TABLE suite (
  workspace_id uuid NOT NULL,
  digest text NOT NULL,
  suite text NOT NULL,
  suite_version int NOT NULL,
  split_digest text NOT NULL,
  subset text NOT NULL,
  scorers jsonb NOT NULL,
  metrics jsonb NOT NULL,
  perturbations text[] NOT NULL,
  items bigint NOT NULL,
  perturbed_items bigint NOT NULL,
  PRIMARY KEY (workspace_id, digest)
);
SELECT isolate('suite');
SELECT append_only('suite');

CREATE TABLE split (
  workspace_id uuid NOT NULL,
  digest text NOT NULL,
  version_digest text NOT NULL,
  PRIMARY KEY (workspace_id, digest)
);
SELECT isolate('split');
SELECT append_only('split');

CREATE TABLE training_job (
  workspace_id uuid NOT NULL,
  id uuid NOT NULL,
  application text NOT NULL,
  method text NOT NULL,
  outcome text NOT NULL,
  cost numeric NOT NULL,
  compute_seconds double precision NOT NULL,
  finished_at timestamptz NOT NULL,
  PRIMARY KEY (workspace_id, id)
);
SELECT isolate('training_job');
SELECT append_only('training_job');
CREATE INDEX training_job_application ON training_job (workspace_id, application, finished_at);
