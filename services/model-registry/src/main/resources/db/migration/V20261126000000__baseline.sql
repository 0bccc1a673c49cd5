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
  output_per_million numeric(18, 9) NOT NULL,
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

-- Projection of job.finished; registering a version needs nothing else.
CREATE TABLE training_job (
  workspace_id uuid NOT NULL,
  job_id uuid NOT NULL,
  outcome text NOT NULL,
  event jsonb NOT NULL,
  PRIMARY KEY (workspace_id, job_id)
);
SELECT isolate('training_job');

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
-- A version is immutable.
REVOKE UPDATE, DELETE ON model_version FROM ${runtimeRole};

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
CREATE INDEX alias_move_history ON alias_move (workspace_id, model_id, alias, id DESC);
