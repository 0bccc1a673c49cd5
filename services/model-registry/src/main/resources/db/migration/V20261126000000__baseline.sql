CREATE TABLE base_model (
  workspace_id uuid NOT NULL,
  id uuid NOT NULL,
  name text NOT NULL,
  model_digest text NOT NULL,
  provider text NOT NULL,
  kind text NOT NULL,
  description text NOT NULL,
  context_window int NOT NULL,
  input_per_million numeric(18, 9) NOT NULL,
  cached_input_per_million numeric(18, 9),
  output_per_million numeric(18, 9) NOT NULL,
  currency text NOT NULL,
  licence text NOT NULL,
  tunable boolean NOT NULL,
  deprecated_on date,
  listed_by text NOT NULL,
  listed_at timestamptz NOT NULL,
  version bigint NOT NULL,
  PRIMARY KEY (workspace_id, id),
  UNIQUE (workspace_id, name)
);
SELECT isolate('base_model');
SELECT append_only_except('base_model',
  'model_digest', 'description', 'context_window', 'input_per_million', 'cached_input_per_million',
  'output_per_million', 'currency', 'licence', 'deprecated_on', 'version');
SELECT forwards_only('base_model', 'version');

-- Projection of job.finished; registering a version needs nothing else.
CREATE TABLE training_job (
  workspace_id uuid NOT NULL,
  job_id uuid NOT NULL,
  outcome text NOT NULL,
  event jsonb NOT NULL,
  PRIMARY KEY (workspace_id, job_id)
);
SELECT isolate('training_job');
SELECT append_only('training_job');

-- Projections of variant.created, criteria.registered, verdict.issued and release.changed: what makes a champion.
CREATE TABLE variant (
  workspace_id uuid NOT NULL,
  application text NOT NULL,
  digest text NOT NULL,
  model_digest text NOT NULL,
  PRIMARY KEY (workspace_id, application, digest)
);
SELECT isolate('variant');
SELECT append_only('variant');
CREATE INDEX variant_model ON variant (workspace_id, model_digest);

CREATE TABLE criteria (
  workspace_id uuid NOT NULL,
  application text NOT NULL,
  version int NOT NULL,
  digest text NOT NULL,
  PRIMARY KEY (workspace_id, application)
);
SELECT isolate('criteria');
SELECT append_only_except('criteria', 'version', 'digest');
SELECT forwards_only('criteria', 'version');

CREATE TABLE verdict (
  workspace_id uuid NOT NULL,
  id uuid NOT NULL,
  kind text NOT NULL,
  application text NOT NULL,
  sequence bigint NOT NULL,
  subject_digest text NOT NULL,
  criteria_digest text,
  outcome text NOT NULL,
  PRIMARY KEY (workspace_id, id)
);
SELECT isolate('verdict');
SELECT append_only('verdict');
CREATE INDEX verdict_subject ON verdict (workspace_id, application, subject_digest, sequence);

-- verdict_sequence: the newest verdict of the application at the time; one of a larger number is newer than the halt.
CREATE TABLE halted_canary (
  workspace_id uuid NOT NULL,
  release_id uuid NOT NULL,
  application text NOT NULL,
  variant_digest text NOT NULL,
  verdict_sequence bigint NOT NULL,
  PRIMARY KEY (workspace_id, release_id)
);
SELECT isolate('halted_canary');
SELECT append_only('halted_canary');
CREATE INDEX halted_canary_variant ON halted_canary (workspace_id, application, variant_digest);

CREATE TABLE model (
  workspace_id uuid NOT NULL,
  id uuid NOT NULL,
  name text NOT NULL,
  description text NOT NULL,
  owner text NOT NULL,
  created_at timestamptz NOT NULL,
  latest_version int NOT NULL,
  alias_moves int NOT NULL,
  version bigint NOT NULL,
  PRIMARY KEY (workspace_id, id),
  UNIQUE (workspace_id, name)
);
SELECT isolate('model');
SELECT append_only_except('model', 'latest_version', 'alias_moves', 'version');

CREATE TABLE model_version (
  workspace_id uuid NOT NULL,
  model_id uuid NOT NULL,
  version int NOT NULL,
  job_id uuid NOT NULL,
  artifact_digest text NOT NULL,
  author text NOT NULL,
  registered_by text NOT NULL,
  registered_at timestamptz NOT NULL,
  description text NOT NULL,
  lineage jsonb NOT NULL,
  PRIMARY KEY (workspace_id, model_id, version),
  UNIQUE (workspace_id, model_id, job_id),
  FOREIGN KEY (workspace_id, model_id) REFERENCES model
);
SELECT isolate('model_version');
SELECT append_only('model_version');

CREATE TABLE alias (
  workspace_id uuid NOT NULL,
  model_id uuid NOT NULL,
  name text NOT NULL,
  version int NOT NULL,
  moved_at timestamptz NOT NULL,
  moved_by text NOT NULL,
  PRIMARY KEY (workspace_id, model_id, name),
  FOREIGN KEY (workspace_id, model_id, version) REFERENCES model_version
);
SELECT isolate('alias');
SELECT append_only_except('alias', 'version', 'moved_at', 'moved_by');

CREATE TABLE alias_move (
  workspace_id uuid NOT NULL,
  id uuid NOT NULL,
  model_id uuid NOT NULL,
  alias text NOT NULL,
  from_version int,
  to_version int NOT NULL,
  digest text NOT NULL,
  state text NOT NULL,
  kind text NOT NULL,
  author text NOT NULL,
  requester text NOT NULL,
  reason text,
  requested_at timestamptz NOT NULL,
  approval_id uuid,
  decided_by text,
  decided_at timestamptz,
  PRIMARY KEY (workspace_id, id),
  FOREIGN KEY (workspace_id, model_id, to_version) REFERENCES model_version
);
SELECT isolate('alias_move');
SELECT append_only_except('alias_move', 'state', 'from_version', 'approval_id', 'decided_by', 'decided_at');
SELECT final_unless('alias_move', 'REQUESTED');
CREATE INDEX alias_move_history ON alias_move (workspace_id, model_id, alias, id DESC);
