CREATE TABLE index_version (
  workspace_id uuid NOT NULL,
  id uuid NOT NULL,
  name text NOT NULL,
  split_digest text NOT NULL,
  part text NOT NULL,
  encoder text NOT NULL,
  max_tokens integer NOT NULL,
  job_id uuid NOT NULL,
  index_digest text,
  passages bigint,
  created_by text NOT NULL,
  created_at timestamptz NOT NULL,
  PRIMARY KEY (workspace_id, id)
);
CREATE INDEX index_version_by_digest ON index_version (workspace_id, index_digest);
SELECT isolate('index_version');

-- Insert and select only: a variant never changes.
CREATE TABLE variant (
  workspace_id uuid NOT NULL,
  variant_digest text NOT NULL,
  application text NOT NULL,
  name text NOT NULL,
  prompt_digest text NOT NULL,
  model text NOT NULL,
  model_digest text,
  index_digest text,
  parameters jsonb NOT NULL,
  authors jsonb NOT NULL,
  created_by text NOT NULL,
  created_at timestamptz NOT NULL,
  PRIMARY KEY (workspace_id, variant_digest)
);
CREATE INDEX variant_by_application ON variant (workspace_id, application, created_at);
SELECT isolate('variant');

CREATE TABLE release (
  workspace_id uuid NOT NULL,
  id uuid NOT NULL,
  application text NOT NULL,
  environment text NOT NULL,
  variant_digest text NOT NULL,
  previous_id uuid,
  verdict_id uuid NOT NULL,
  override_reason text,
  canary_percent integer NOT NULL CHECK (canary_percent BETWEEN 0 AND 99),
  state text NOT NULL,
  reason text,
  requester text NOT NULL,
  requested_at timestamptz NOT NULL,
  changed_at timestamptz NOT NULL,
  version bigint NOT NULL,
  PRIMARY KEY (workspace_id, id)
);
-- At most one release of an application and environment serves in full, and one on trial, whatever two transactions do at once.
CREATE UNIQUE INDEX one_active_release ON release (workspace_id, application, environment) WHERE state = 'ACTIVE';
CREATE UNIQUE INDEX one_canary_release ON release (workspace_id, application, environment) WHERE state = 'CANARY';
SELECT isolate('release');

CREATE TABLE provider (
  workspace_id uuid NOT NULL,
  name text NOT NULL,
  base_url text NOT NULL,
  api_key bytea,
  models jsonb NOT NULL,
  created_by text NOT NULL,
  created_at timestamptz NOT NULL,
  PRIMARY KEY (workspace_id, name)
);
SELECT isolate('provider');

CREATE TABLE usage_minute (
  workspace_id uuid NOT NULL,
  minute timestamptz NOT NULL,
  application text NOT NULL,
  variant_digest text NOT NULL,
  model text NOT NULL,
  requests bigint NOT NULL,
  errors bigint NOT NULL,
  cache_hits bigint NOT NULL,
  input_tokens bigint NOT NULL,
  output_tokens bigint NOT NULL,
  cost numeric NOT NULL,
  currency text NOT NULL,
  reported boolean NOT NULL DEFAULT false,
  PRIMARY KEY (workspace_id, minute, application, variant_digest, model)
);
CREATE INDEX usage_unreported ON usage_minute (workspace_id, minute) WHERE NOT reported;
SELECT isolate('usage_minute');

CREATE TABLE feedback (
  workspace_id uuid NOT NULL,
  response_id text NOT NULL,
  release_id uuid,
  arm text,
  variant_digest text,
  correct boolean NOT NULL,
  correction text,
  given_by text NOT NULL,
  given_at timestamptz NOT NULL,
  PRIMARY KEY (workspace_id, response_id)
);
SELECT isolate('feedback');
