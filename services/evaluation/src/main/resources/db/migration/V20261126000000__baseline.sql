-- Projections of other services' events.
CREATE TABLE application (
  workspace_id uuid NOT NULL,
  name text NOT NULL,
  PRIMARY KEY (workspace_id, name)
);
SELECT isolate('application');

CREATE TABLE split (
  workspace_id uuid NOT NULL,
  split_digest text NOT NULL,
  version_digest text NOT NULL,
  dataset text NOT NULL,
  dataset_version int NOT NULL,
  subsets jsonb NOT NULL,
  PRIMARY KEY (workspace_id, split_digest)
);
SELECT isolate('split');

CREATE TABLE admission (
  workspace_id uuid NOT NULL,
  version_digest text NOT NULL,
  outcome text NOT NULL,
  purposes text[] NOT NULL,
  reasons text[] NOT NULL,
  version bigint NOT NULL,
  PRIMARY KEY (workspace_id, version_digest)
);
SELECT isolate('admission');

CREATE TABLE variant (
  workspace_id uuid NOT NULL,
  variant_digest text NOT NULL,
  application text NOT NULL,
  name text NOT NULL,
  PRIMARY KEY (workspace_id, variant_digest)
);
SELECT isolate('variant');

CREATE TABLE criteria (
  workspace_id uuid NOT NULL,
  application text NOT NULL,
  version int NOT NULL,
  criteria_digest text NOT NULL,
  criteria jsonb NOT NULL,
  registered_at timestamptz NOT NULL,
  PRIMARY KEY (workspace_id, application, version)
);
CREATE INDEX criteria_digest ON criteria (workspace_id, criteria_digest);
SELECT isolate('criteria');

-- This service's own tables. Suites, baselines and verdicts are never updated; comparisons only once, by their result.
CREATE TABLE suite (
  workspace_id uuid NOT NULL,
  suite_digest text NOT NULL,
  id uuid NOT NULL,
  name text NOT NULL,
  version int NOT NULL,
  definition jsonb NOT NULL,
  labels text[] NOT NULL,
  originals int NOT NULL,
  perturbed int NOT NULL,
  created_by text NOT NULL,
  created_at timestamptz NOT NULL,
  PRIMARY KEY (workspace_id, suite_digest),
  UNIQUE (workspace_id, name, version)
);
CREATE INDEX suite_recent ON suite (workspace_id, id DESC);
SELECT isolate('suite');

CREATE TABLE suite_item (
  workspace_id uuid NOT NULL,
  suite_digest text NOT NULL,
  ordinal int NOT NULL,
  item_id text NOT NULL,
  perturbation text NOT NULL,
  label text NOT NULL,
  PRIMARY KEY (workspace_id, suite_digest, ordinal),
  UNIQUE (workspace_id, suite_digest, item_id, perturbation)
);
SELECT isolate('suite_item');

CREATE TABLE run (
  workspace_id uuid NOT NULL,
  id uuid NOT NULL,
  application text NOT NULL,
  suite_digest text NOT NULL,
  model text NOT NULL,
  subject_digest text NOT NULL,
  component text,
  seed bigint NOT NULL,
  fresh boolean NOT NULL,
  state text NOT NULL,
  reason text,
  total int NOT NULL,
  failed int NOT NULL DEFAULT 0,
  reused int NOT NULL DEFAULT 0,
  figures jsonb,
  cost_usd numeric NOT NULL DEFAULT 0,
  job_id uuid,
  created_by text NOT NULL,
  created_at timestamptz NOT NULL,
  finished_at timestamptz,
  PRIMARY KEY (workspace_id, id)
);
CREATE INDEX run_recent ON run (workspace_id, application, id DESC);
SELECT isolate('run');

CREATE TABLE run_item (
  workspace_id uuid NOT NULL,
  run_id uuid NOT NULL,
  ordinal int NOT NULL,
  item_id text NOT NULL,
  perturbation text NOT NULL,
  label text NOT NULL,
  request_digest text NOT NULL,
  answered boolean NOT NULL,
  prediction text,
  error text,
  latency_ms double precision NOT NULL,
  overhead_ms double precision,
  cost_usd numeric NOT NULL,
  reused boolean NOT NULL,
  answered_at timestamptz NOT NULL,
  PRIMARY KEY (workspace_id, run_id, ordinal),
  UNIQUE (workspace_id, run_id, item_id, perturbation)
);
CREATE INDEX run_item_content ON run_item (workspace_id, request_digest) WHERE answered;
SELECT isolate('run_item');

CREATE TABLE baseline (
  workspace_id uuid NOT NULL,
  id uuid NOT NULL,
  application text NOT NULL,
  phase text NOT NULL,
  run_id uuid NOT NULL,
  number int NOT NULL,
  recorded_by text NOT NULL,
  recorded_at timestamptz NOT NULL,
  PRIMARY KEY (workspace_id, id),
  UNIQUE (workspace_id, application, number)
);
SELECT isolate('baseline');

CREATE TABLE comparison (
  workspace_id uuid NOT NULL,
  id uuid NOT NULL,
  application text NOT NULL,
  request jsonb NOT NULL,
  result jsonb,
  created_by text NOT NULL,
  created_at timestamptz NOT NULL,
  PRIMARY KEY (workspace_id, id)
);
CREATE INDEX comparison_recent ON comparison (workspace_id, application, id DESC);
SELECT isolate('comparison');

CREATE TABLE verdict (
  workspace_id uuid NOT NULL,
  id uuid NOT NULL,
  kind text NOT NULL,
  application text NOT NULL,
  phase text,
  subject_digest text NOT NULL,
  criteria_digest text,
  run_id uuid,
  baseline_run_id uuid,
  release_id uuid,
  seed bigint NOT NULL,
  outcome text NOT NULL,
  judgement jsonb NOT NULL,
  issued_by text NOT NULL,
  issued_at timestamptz NOT NULL,
  PRIMARY KEY (workspace_id, id)
);
CREATE INDEX verdict_recent ON verdict (workspace_id, application, id DESC);
CREATE UNIQUE INDEX verdict_of_canary ON verdict (workspace_id, release_id) WHERE kind = 'CANARY';
SELECT isolate('verdict');

CREATE TABLE canary_guard (
  workspace_id uuid NOT NULL,
  release_id uuid NOT NULL,
  application text NOT NULL,
  environment text NOT NULL,
  candidate_digest text,
  percent int,
  state text NOT NULL,
  analysis jsonb NOT NULL,
  version bigint NOT NULL DEFAULT -1,
  verdict_id uuid,
  started_at timestamptz NOT NULL,
  PRIMARY KEY (workspace_id, release_id)
);
SELECT isolate('canary_guard');
