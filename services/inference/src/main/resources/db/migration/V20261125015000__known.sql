-- What other services told: projections, each ignoring what is not newer than it knows.
CREATE TABLE known_application (
  workspace_id uuid NOT NULL,
  application text NOT NULL,
  criticality text NOT NULL,
  version bigint NOT NULL,
  PRIMARY KEY (workspace_id, application)
);
SELECT isolate('known_application');

CREATE TABLE known_criteria (
  workspace_id uuid NOT NULL,
  application text NOT NULL,
  version integer NOT NULL,
  criteria_digest text NOT NULL,
  PRIMARY KEY (workspace_id, application)
);
SELECT isolate('known_criteria');

CREATE TABLE known_prompt (
  workspace_id uuid NOT NULL,
  prompt_digest text NOT NULL,
  author text NOT NULL,
  PRIMARY KEY (workspace_id, prompt_digest, author)
);
SELECT isolate('known_prompt');

CREATE TABLE known_split (
  workspace_id uuid NOT NULL,
  split_digest text NOT NULL,
  dataset text NOT NULL,
  version_digest text NOT NULL,
  parts jsonb NOT NULL,
  PRIMARY KEY (workspace_id, split_digest)
);
SELECT isolate('known_split');

CREATE TABLE known_admission (
  workspace_id uuid NOT NULL,
  version_digest text NOT NULL,
  outcome text NOT NULL,
  purposes jsonb NOT NULL,
  reasons jsonb NOT NULL,
  version bigint NOT NULL,
  PRIMARY KEY (workspace_id, version_digest)
);
SELECT isolate('known_admission');

CREATE TABLE known_verdict (
  workspace_id uuid NOT NULL,
  verdict_id uuid NOT NULL,
  kind text NOT NULL,
  application text NOT NULL,
  subject_digest text NOT NULL,
  criteria_digest text,
  outcome text NOT NULL,
  reasons jsonb NOT NULL,
  PRIMARY KEY (workspace_id, verdict_id)
);
SELECT isolate('known_verdict');

CREATE TABLE known_base_model (
  workspace_id uuid NOT NULL,
  model text NOT NULL,
  model_digest text NOT NULL,
  input_per_million numeric NOT NULL,
  output_per_million numeric NOT NULL,
  currency text NOT NULL,
  version bigint NOT NULL,
  PRIMARY KEY (workspace_id, model)
);
SELECT isolate('known_base_model');

CREATE TABLE known_model_version (
  workspace_id uuid NOT NULL,
  model text NOT NULL,
  version integer NOT NULL,
  model_digest text NOT NULL,
  artifact_digest text NOT NULL,
  base_model text NOT NULL,
  labels jsonb NOT NULL,
  author text NOT NULL,
  PRIMARY KEY (workspace_id, model, version)
);
SELECT isolate('known_model_version');

CREATE TABLE known_policy (
  workspace_id uuid NOT NULL,
  policy text NOT NULL,
  target text NOT NULL,
  source text NOT NULL,
  version integer NOT NULL,
  PRIMARY KEY (workspace_id, policy)
);
SELECT isolate('known_policy');
