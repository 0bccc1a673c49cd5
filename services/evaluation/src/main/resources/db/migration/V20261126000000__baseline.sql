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
  prompt_digest text NOT NULL,
  index_digest text,
  -- All that may answer, its own first.
  models jsonb NOT NULL,
  PRIMARY KEY (workspace_id, variant_digest)
);
SELECT isolate('variant');

-- What a variant used: the jobs that trained its model, the splits they read, the subset behind its index.
CREATE TABLE model_version (
  workspace_id uuid NOT NULL,
  model_digest text NOT NULL,
  job_id uuid NOT NULL,
  PRIMARY KEY (workspace_id, model_digest, job_id)
);
SELECT isolate('model_version');

CREATE TABLE training_job (
  workspace_id uuid NOT NULL,
  job_id uuid NOT NULL,
  split_digest text NOT NULL,
  PRIMARY KEY (workspace_id, job_id)
);
SELECT isolate('training_job');

CREATE TABLE retrieval_index (
  workspace_id uuid NOT NULL,
  index_digest text NOT NULL,
  split_digest text,
  subset text,
  PRIMARY KEY (workspace_id, index_digest)
);
SELECT isolate('retrieval_index');

CREATE TABLE criteria (
  workspace_id uuid NOT NULL,
  application text NOT NULL,
  version int NOT NULL,
  criteria_digest text NOT NULL,
  suite_digest text NOT NULL,
  planned_verdicts int NOT NULL,
  criteria jsonb NOT NULL,
  registered_at timestamptz NOT NULL,
  -- RELEASE or REFRESH: the newest version of each is in force.
  purpose text NOT NULL,
  PRIMARY KEY (workspace_id, application, version)
);
CREATE INDEX criteria_digest ON criteria (workspace_id, criteria_digest);
SELECT isolate('criteria');

-- This service's own tables.
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
  -- Of each scorer that does not apply to every item, to how many it does.
  applicable jsonb NOT NULL,
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
  label text,
  content_digest text NOT NULL,
  PRIMARY KEY (workspace_id, suite_digest, ordinal),
  UNIQUE (workspace_id, suite_digest, item_id, perturbation)
);
CREATE INDEX suite_item_content ON suite_item (workspace_id, content_digest) WHERE perturbation = 'NONE';
SELECT isolate('suite_item');

-- Every text that was ever an item, as the hashes of its words, in which later ones are looked for.
CREATE TABLE item_text (
  workspace_id uuid NOT NULL,
  content_digest text NOT NULL,
  units bytea NOT NULL,
  PRIMARY KEY (workspace_id, content_digest)
);
SELECT isolate('item_text');

-- Suites of the same items, by content, near copies included: more than a hundredth of the items of either. Both ways,
-- and each with itself.
CREATE TABLE suite_overlap (
  workspace_id uuid NOT NULL,
  suite_digest text NOT NULL,
  other_digest text NOT NULL,
  PRIMARY KEY (workspace_id, suite_digest, other_digest)
);
SELECT isolate('suite_overlap');

-- Suites whose outputs were opened before their plan was used up: nothing is judged on their items afterwards.
CREATE TABLE suite_opening (
  workspace_id uuid NOT NULL,
  suite_digest text NOT NULL,
  reason text NOT NULL,
  opened_by text NOT NULL,
  opened_at timestamptz NOT NULL,
  PRIMARY KEY (workspace_id, suite_digest)
);
SELECT isolate('suite_opening');

CREATE TABLE run (
  workspace_id uuid NOT NULL,
  id uuid NOT NULL,
  attempt_id uuid NOT NULL,
  application text NOT NULL,
  suite_digest text NOT NULL,
  model text NOT NULL,
  subject_digest text NOT NULL,
  criteria_version int,
  component text,
  seed bigint NOT NULL,
  fresh boolean NOT NULL,
  state text NOT NULL,
  reason text,
  total int NOT NULL,
  failed int NOT NULL DEFAULT 0,
  reused int NOT NULL DEFAULT 0,
  figures jsonb,
  judging jsonb,
  outputs_digest text,
  cost_usd numeric NOT NULL DEFAULT 0,
  job_id uuid,
  created_by text NOT NULL,
  created_at timestamptz NOT NULL,
  finished_at timestamptz,
  PRIMARY KEY (workspace_id, id)
);
CREATE INDEX run_recent ON run (workspace_id, application, id DESC);
CREATE INDEX run_of_attempt ON run (workspace_id, attempt_id);
-- An attempt on test items is one run that ends with figures; only one that failed or was cancelled is repeated.
CREATE UNIQUE INDEX run_of_evidence ON run (workspace_id, attempt_id)
  WHERE criteria_version IS NOT NULL AND state IN ('RUNNING', 'FINISHED');
SELECT isolate('run');

CREATE TABLE run_item (
  workspace_id uuid NOT NULL,
  run_id uuid NOT NULL,
  ordinal int NOT NULL,
  item_id text NOT NULL,
  perturbation text NOT NULL,
  label text,
  request_digest text NOT NULL,
  answered boolean NOT NULL,
  prediction text,
  scores jsonb NOT NULL,
  judged jsonb NOT NULL,
  not_applicable text[] NOT NULL,
  abstained boolean NOT NULL,
  confidence double precision,
  error text,
  latency_ms double precision NOT NULL,
  overhead_ms double precision,
  cost_usd numeric,
  reused boolean NOT NULL,
  output_digest text,
  trace_id text,
  answered_by text,
  salt bytea NOT NULL,
  answered_at timestamptz NOT NULL,
  PRIMARY KEY (workspace_id, run_id, ordinal),
  UNIQUE (workspace_id, run_id, item_id, perturbation)
);
CREATE INDEX run_item_content ON run_item (workspace_id, request_digest) WHERE answered;
SELECT isolate('run_item');

-- What inference answered, as it was received, judges' replies included; equal answers are kept once.
CREATE TABLE run_output (
  workspace_id uuid NOT NULL,
  output_digest text NOT NULL,
  body text NOT NULL,
  PRIMARY KEY (workspace_id, output_digest)
);
SELECT isolate('run_output');

-- The first start of a run over a suite by subject and criteria: what counts against the planned verdicts.
-- It is compared with the application's baselines up to the newest of that moment, by their number.
CREATE TABLE attempt (
  workspace_id uuid NOT NULL,
  id uuid NOT NULL,
  application text NOT NULL,
  subject_digest text NOT NULL,
  suite_digest text NOT NULL,
  criteria_digest text,
  planned_verdicts int,
  newest_baseline int NOT NULL,
  started_by text NOT NULL,
  started_at timestamptz NOT NULL,
  PRIMARY KEY (workspace_id, id),
  UNIQUE NULLS NOT DISTINCT (workspace_id, subject_digest, suite_digest, criteria_digest)
);
CREATE INDEX attempt_of_suite ON attempt (workspace_id, suite_digest);
SELECT isolate('attempt');

-- How many items of a run's suite are in what the variant used, and which of them are left out.
CREATE TABLE run_leakage (
  workspace_id uuid NOT NULL,
  run_id uuid NOT NULL,
  leakage jsonb NOT NULL,
  excluded text[] NOT NULL,
  refused boolean NOT NULL,
  PRIMARY KEY (workspace_id, run_id)
);
SELECT isolate('run_leakage');

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
  UNIQUE (workspace_id, application, number),
  UNIQUE (workspace_id, run_id)
);
SELECT isolate('baseline');

CREATE TABLE comparison (
  workspace_id uuid NOT NULL,
  id uuid NOT NULL,
  application text NOT NULL,
  request jsonb NOT NULL,
  result jsonb,
  failure text,
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
  sequence bigint NOT NULL,
  phase text,
  subject_digest text NOT NULL,
  criteria_digest text,
  criteria_version int,
  suite_digest text,
  planned_verdicts int,
  run_id uuid,
  baseline_run_id uuid,
  release_id uuid,
  seed bigint NOT NULL,
  outcome text NOT NULL,
  judgement jsonb NOT NULL,
  issued_by text NOT NULL,
  issued_at timestamptz NOT NULL,
  -- Of a REFRESH: the variants whose baselines it was compared with the best of.
  compared_with text[],
  PRIMARY KEY (workspace_id, id),
  UNIQUE (workspace_id, application, sequence),
  UNIQUE (workspace_id, run_id, kind)
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

-- Evidence is added and never changed. So is what other services' events say of it.
SELECT append_only('application');
SELECT append_only('split');
SELECT append_only('variant');
SELECT append_only('model_version');
SELECT append_only('training_job');
SELECT append_only('retrieval_index');
SELECT append_only('criteria');
SELECT append_only('suite');
SELECT append_only('suite_item');
SELECT append_only('item_text');
SELECT append_only('suite_overlap');
SELECT append_only('suite_opening');
SELECT append_only('attempt');
SELECT append_only('run_leakage');
SELECT append_only('baseline');
SELECT append_only('verdict');
SELECT append_only('run_item');
SELECT append_only('run_output');

-- A run ends once, and a comparison gets its result or its failure once.
SELECT append_only_except('run', 'finished_at', 'state', 'reason', 'failed', 'reused', 'figures', 'judging',
  'outputs_digest', 'cost_usd');
SELECT final_unless('run', 'RUNNING');
SELECT append_only_except('comparison', 'result', 'failure');
SELECT final_once('comparison', 'OLD.result IS NOT NULL OR OLD.failure IS NOT NULL');

-- A later decision on a dataset version replaces the former one.
SELECT append_only_except('admission', 'outcome', 'purposes', 'reasons', 'version');
SELECT forwards_only('admission', 'version');

-- A guard counts until it decides; afterwards it learns only what became of its release.
SELECT append_only_except('canary_guard', 'candidate_digest', 'percent', 'state', 'analysis', 'version', 'verdict_id');
SELECT final_once('canary_guard', 'OLD.state <> ''RUNNING''
  AND (NEW.state, NEW.analysis, NEW.verdict_id) IS DISTINCT FROM (OLD.state, OLD.analysis, OLD.verdict_id)');
