-- Projections of other services' events, which the gate reads; an event that is not newer than the row is ignored.
CREATE TABLE application (
  workspace_id uuid NOT NULL,
  name text NOT NULL,
  PRIMARY KEY (workspace_id, name)
);
SELECT isolate('application');
SELECT append_only('application');

CREATE TABLE phase (
  workspace_id uuid NOT NULL,
  application text NOT NULL,
  phase text NOT NULL,
  state text NOT NULL,
  missing text[] NOT NULL,
  version bigint NOT NULL,
  PRIMARY KEY (workspace_id, application, phase)
);
SELECT isolate('phase');
SELECT append_only_except('phase', 'state', 'missing', 'version');
SELECT forwards_only('phase', 'version');

CREATE TABLE base_model (
  workspace_id uuid NOT NULL,
  name text NOT NULL,
  digest text NOT NULL,
  tunable boolean NOT NULL,
  version bigint NOT NULL,
  PRIMARY KEY (workspace_id, name)
);
SELECT isolate('base_model');
SELECT append_only_except('base_model', 'digest', 'tunable', 'version');
SELECT forwards_only('base_model', 'version');

CREATE TABLE split (
  workspace_id uuid NOT NULL,
  digest text NOT NULL,
  dataset text NOT NULL,
  dataset_version int NOT NULL,
  version_digest text NOT NULL,
  subsets jsonb NOT NULL,
  PRIMARY KEY (workspace_id, digest)
);
SELECT isolate('split');
SELECT append_only('split');

CREATE TABLE dataset_version (
  workspace_id uuid NOT NULL,
  digest text NOT NULL,
  kind text NOT NULL,
  PRIMARY KEY (workspace_id, digest)
);
SELECT isolate('dataset_version');
SELECT append_only('dataset_version');

CREATE TABLE admission (
  workspace_id uuid NOT NULL,
  version_digest text NOT NULL,
  purposes text[] NOT NULL,
  reasons text[] NOT NULL,
  version bigint NOT NULL,
  PRIMARY KEY (workspace_id, version_digest)
);
SELECT isolate('admission');
SELECT append_only_except('admission', 'purposes', 'reasons', 'version');
SELECT forwards_only('admission', 'version');

CREATE TABLE training_job (
  workspace_id uuid NOT NULL,
  id uuid NOT NULL,
  application text NOT NULL,
  base_model text NOT NULL,
  method text NOT NULL,
  dataset text NOT NULL,
  dataset_version int NOT NULL,
  dataset_digest text NOT NULL,
  split_digest text NOT NULL,
  hyperparameters jsonb NOT NULL,
  seed bigint NOT NULL,
  priority int NOT NULL,
  max_spend numeric(12, 6),
  sweep_id uuid,
  author text NOT NULL,
  created_at timestamptz NOT NULL,
  state text NOT NULL,
  reason text,
  run int NOT NULL,
  queue_id uuid,
  attempt int NOT NULL,
  started_at timestamptz,
  finished_at timestamptz,
  result jsonb,
  version bigint NOT NULL,
  PRIMARY KEY (workspace_id, id)
);
SELECT isolate('training_job');
-- What was requested never changes; what ended stays as it ended.
SELECT append_only_except('training_job',
  'state', 'reason', 'run', 'queue_id', 'attempt', 'started_at', 'finished_at', 'result', 'version');
SELECT final_unless('training_job', 'QUEUED', 'RUNNING', 'PAUSED');
CREATE INDEX training_job_application ON training_job (workspace_id, application, id DESC);
CREATE INDEX training_job_sweep ON training_job (workspace_id, sweep_id) WHERE sweep_id IS NOT NULL;

-- The running state of a job: the worker whose lease is (run, fence) numbers its events. The row's
-- lock makes the order of the numbers the order in which they become visible, so a reader that
-- requests what follows a number misses nothing.
CREATE TABLE job_stream (
  workspace_id uuid NOT NULL,
  job_id uuid NOT NULL,
  run int NOT NULL,
  fence bigint NOT NULL,
  last_sequence bigint NOT NULL,
  embedded int NOT NULL,
  texts int NOT NULL,
  epoch int NOT NULL,
  eta_seconds bigint,
  compute_seconds double precision NOT NULL,
  PRIMARY KEY (workspace_id, job_id),
  FOREIGN KEY (workspace_id, job_id) REFERENCES training_job
);
SELECT isolate('job_stream');

CREATE TABLE job_event (
  workspace_id uuid NOT NULL,
  job_id uuid NOT NULL,
  sequence bigint NOT NULL,
  kind text NOT NULL,
  data jsonb NOT NULL,
  at timestamptz NOT NULL,
  PRIMARY KEY (workspace_id, job_id, sequence),
  FOREIGN KEY (workspace_id, job_id) REFERENCES training_job
);
SELECT isolate('job_event');
SELECT append_only('job_event');

CREATE TABLE checkpoint (
  workspace_id uuid NOT NULL,
  job_id uuid NOT NULL,
  epoch int NOT NULL,
  file text NOT NULL,
  digest text NOT NULL,
  scores jsonb NOT NULL,
  at timestamptz NOT NULL,
  PRIMARY KEY (workspace_id, job_id, epoch),
  FOREIGN KEY (workspace_id, job_id) REFERENCES training_job
);
SELECT isolate('checkpoint');
SELECT append_only('checkpoint');

CREATE TABLE sweep (
  workspace_id uuid NOT NULL,
  id uuid NOT NULL,
  application text NOT NULL,
  base_model text NOT NULL,
  method text NOT NULL,
  split_digest text NOT NULL,
  metric text NOT NULL,
  grid jsonb NOT NULL,
  grid_size bigint NOT NULL,
  seed bigint NOT NULL,
  priority int NOT NULL,
  max_spend numeric(12, 6),
  max_compute_seconds double precision,
  compute_seconds double precision NOT NULL,
  author text NOT NULL,
  created_at timestamptz NOT NULL,
  finished_at timestamptz,
  state text NOT NULL,
  reason text,
  trials jsonb NOT NULL,
  best_trial int,
  version bigint NOT NULL,
  PRIMARY KEY (workspace_id, id)
);
SELECT isolate('sweep');
SELECT append_only_except('sweep',
  'compute_seconds', 'finished_at', 'state', 'reason', 'trials', 'best_trial', 'version');
SELECT final_unless('sweep', 'RUNNING');
CREATE INDEX sweep_application ON sweep (workspace_id, application, id DESC);
