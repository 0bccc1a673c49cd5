-- Projections of other services' events, which gates read; an event that is not newer than the row is ignored.
CREATE TABLE application_projection (
  workspace_id uuid NOT NULL,
  application text NOT NULL,
  criticality text NOT NULL,
  version bigint NOT NULL,
  PRIMARY KEY (workspace_id, application)
);
SELECT isolate('application_projection');
SELECT append_only_except('application_projection', 'criticality', 'version');
SELECT forwards_only('application_projection', 'version');

-- purpose: RELEASE or REFRESH; of each the newest is in force.
CREATE TABLE criteria_projection (
  workspace_id uuid NOT NULL,
  application text NOT NULL,
  purpose text NOT NULL,
  version integer NOT NULL,
  criteria_digest text NOT NULL,
  PRIMARY KEY (workspace_id, application, purpose)
);
SELECT isolate('criteria_projection');
SELECT append_only_except('criteria_projection', 'version', 'criteria_digest');
SELECT forwards_only('criteria_projection', 'version');

CREATE TABLE prompt_projection (
  workspace_id uuid NOT NULL,
  prompt_digest text NOT NULL,
  author text NOT NULL,
  PRIMARY KEY (workspace_id, prompt_digest, author)
);
SELECT isolate('prompt_projection');
SELECT append_only('prompt_projection');

CREATE TABLE split_projection (
  workspace_id uuid NOT NULL,
  split_digest text NOT NULL,
  dataset text NOT NULL,
  dataset_version integer NOT NULL,
  version_digest text NOT NULL,
  subsets jsonb NOT NULL,
  PRIMARY KEY (workspace_id, split_digest)
);
SELECT isolate('split_projection');
SELECT append_only('split_projection');

CREATE TABLE admission_projection (
  workspace_id uuid NOT NULL,
  version_digest text NOT NULL,
  outcome text NOT NULL,
  purposes jsonb NOT NULL,
  reasons jsonb NOT NULL,
  version bigint NOT NULL,
  PRIMARY KEY (workspace_id, version_digest)
);
SELECT isolate('admission_projection');
SELECT append_only_except('admission_projection', 'outcome', 'purposes', 'reasons', 'version');
SELECT forwards_only('admission_projection', 'version');

CREATE TABLE verdict_projection (
  workspace_id uuid NOT NULL,
  verdict_id uuid NOT NULL,
  kind text NOT NULL,
  application text NOT NULL,
  sequence bigint NOT NULL,
  subject_digest text NOT NULL,
  criteria_digest text,
  outcome text NOT NULL,
  reasons jsonb NOT NULL,
  -- The variants that a REFRESH was compared with; absent of other kinds.
  compared_with jsonb,
  PRIMARY KEY (workspace_id, verdict_id)
);
CREATE INDEX verdict_by_subject ON verdict_projection (workspace_id, subject_digest, sequence);
CREATE INDEX verdict_by_application ON verdict_projection (workspace_id, application, sequence);
SELECT isolate('verdict_projection');
SELECT append_only('verdict_projection');

CREATE TABLE base_model_projection (
  workspace_id uuid NOT NULL,
  model text NOT NULL,
  model_digest text NOT NULL,
  input_per_million numeric NOT NULL,
  cached_input_per_million numeric,
  output_per_million numeric NOT NULL,
  currency text NOT NULL,
  context_window integer NOT NULL,
  version bigint NOT NULL,
  PRIMARY KEY (workspace_id, model)
);
SELECT isolate('base_model_projection');
SELECT append_only_except('base_model_projection',
  'model_digest', 'input_per_million', 'cached_input_per_million', 'output_per_million', 'currency', 'context_window',
  'version');
SELECT forwards_only('base_model_projection', 'version');

CREATE TABLE model_version_projection (
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
SELECT isolate('model_version_projection');
SELECT append_only('model_version_projection');

CREATE TABLE policy_projection (
  workspace_id uuid NOT NULL,
  policy text NOT NULL,
  target text NOT NULL,
  source text NOT NULL,
  version integer NOT NULL,
  PRIMARY KEY (workspace_id, policy)
);
SELECT isolate('policy_projection');
SELECT append_only_except('policy_projection', 'target', 'source', 'version');
SELECT forwards_only('policy_projection', 'version');

-- fence: of the lease under which it is built; an older lease changes nothing. index_digest: of what was indexed and
-- how; blob_digest: of the files, which differ from build to build.
-- failure: why the index was not built; it outlives the job. overlap_tokens: of documents' chunks; absent where items
-- stay whole. method_digest: of how it was indexed, whatever the rows; absent until it is built.
-- connection_digest: of the provider's connection that encoder is called by; absent for one of this installation.
-- dimensions: of its vectors; absent before the first. tokens, cost: what the provider counted for building it.
CREATE TABLE index_version (
  workspace_id uuid NOT NULL,
  index_id uuid NOT NULL,
  name text NOT NULL,
  split_digest text NOT NULL,
  subset text NOT NULL,
  encoder text NOT NULL,
  connection_digest text,
  max_tokens integer NOT NULL,
  overlap_tokens integer,
  job_id uuid NOT NULL,
  fence bigint NOT NULL DEFAULT 0,
  index_digest text,
  method_digest text,
  blob_digest text,
  passages bigint,
  dimensions integer,
  tokens bigint NOT NULL DEFAULT 0,
  cost numeric,
  currency text,
  failure text,
  cancelled boolean NOT NULL DEFAULT false,
  created_by text NOT NULL,
  created_at timestamptz NOT NULL,
  PRIMARY KEY (workspace_id, index_id)
);
CREATE INDEX index_version_by_digest ON index_version (workspace_id, index_digest);
CREATE INDEX index_version_by_connection ON index_version (workspace_id, connection_digest);
SELECT isolate('index_version');
-- What is built or has failed stays so.
SELECT append_only_except('index_version', 'fence', 'index_digest', 'method_digest', 'blob_digest', 'passages',
  'dimensions', 'tokens', 'cost', 'currency', 'failure', 'cancelled');
SELECT final_once('index_version', 'OLD.index_digest IS NOT NULL OR OLD.failure IS NOT NULL');

-- Vectors that a provider was paid for, kept until their index is built or ends without. texts_digest: of what was
-- embedded; blob_digest: of the vectors.
CREATE TABLE index_batch (
  workspace_id uuid NOT NULL,
  index_id uuid NOT NULL,
  number integer NOT NULL,
  texts_digest text NOT NULL,
  blob_digest text NOT NULL,
  created_at timestamptz NOT NULL,
  PRIMARY KEY (workspace_id, index_id, number)
);
SELECT isolate('index_batch');

-- A variant never changes; its digest is taken again when it is read. connection_digest: absent unless a provider
-- has the model.
CREATE TABLE variant (
  workspace_id uuid NOT NULL,
  variant_digest text NOT NULL,
  application text NOT NULL,
  name text NOT NULL,
  prompt_digest text NOT NULL,
  model text NOT NULL,
  model_digest text NOT NULL,
  connection_digest text,
  index_digest text,
  parameters jsonb NOT NULL,
  caller_policy jsonb NOT NULL,
  overflow text NOT NULL,
  fallback jsonb NOT NULL,
  abstention jsonb,
  authors jsonb NOT NULL,
  created_by text NOT NULL,
  created_at timestamptz NOT NULL,
  PRIMARY KEY (workspace_id, variant_digest)
);
CREATE INDEX variant_by_application ON variant (workspace_id, application, created_at);
SELECT isolate('variant');
SELECT append_only('variant');

CREATE TABLE release (
  workspace_id uuid NOT NULL,
  release_id uuid NOT NULL,
  application text NOT NULL,
  environment text NOT NULL,
  variant_digest text NOT NULL,
  previous_release_id uuid,
  verdict_id uuid NOT NULL,
  override_reason text,
  canary_percent integer NOT NULL CHECK (canary_percent BETWEEN 0 AND 99),
  state text NOT NULL,
  reason text,
  requester text NOT NULL,
  requested_at timestamptz NOT NULL,
  changed_at timestamptz NOT NULL,
  version bigint NOT NULL,
  PRIMARY KEY (workspace_id, release_id)
);
-- At most one active release and one canary of an application and environment, whatever concurrent transactions do.
CREATE UNIQUE INDEX one_active_release ON release (workspace_id, application, environment) WHERE state = 'ACTIVE';
CREATE UNIQUE INDEX one_canary_release ON release (workspace_id, application, environment) WHERE state = 'CANARY';
SELECT isolate('release');
-- What was requested, by whom and on which verdict never changes; what ended stays as it ended.
SELECT append_only_except('release', 'previous_release_id', 'state', 'reason', 'changed_at', 'version');
SELECT final_unless('release', 'REQUESTED', 'APPROVED', 'CANARY', 'ACTIVE', 'SUPERSEDED');

-- provider_id: a provider of the same name that is created later has another. connection_digest: what its models'
-- names lead to at present; variants keep the connection that they were created with.
CREATE TABLE provider (
  workspace_id uuid NOT NULL,
  provider_id uuid NOT NULL,
  name text NOT NULL,
  connection_digest text NOT NULL,
  models jsonb NOT NULL,
  version bigint NOT NULL,
  created_by text NOT NULL,
  created_at timestamptz NOT NULL,
  PRIMARY KEY (workspace_id, name)
);
SELECT isolate('provider');

-- Versions of connections: what decides which endpoint answers.
-- Never changed, and never deleted, since variants name them.
CREATE TABLE connection (
  workspace_id uuid NOT NULL,
  connection_digest text NOT NULL,
  provider text NOT NULL,
  kind text NOT NULL,
  base_url text NOT NULL,
  api_version text,
  deadline_seconds integer NOT NULL,
  created_by text NOT NULL,
  created_at timestamptz NOT NULL,
  PRIMARY KEY (workspace_id, connection_digest)
);
SELECT isolate('connection');
SELECT append_only('connection');

-- The connections that may be called, with the key for each: removing a provider deletes the rows of its connections.
CREATE TABLE open_connection (
  workspace_id uuid NOT NULL,
  connection_digest text NOT NULL,
  provider text NOT NULL,
  api_key bytea,
  PRIMARY KEY (workspace_id, connection_digest)
);
SELECT isolate('open_connection');

CREATE TABLE usage_minute (
  workspace_id uuid NOT NULL,
  minute timestamptz NOT NULL,
  application text NOT NULL,
  variant_digest text NOT NULL,
  model text NOT NULL,
  -- Empty when somebody called with a token.
  api_key text NOT NULL,
  currency text NOT NULL,
  -- A batch is bounded, and closed once it was reported: what comes afterwards is another part of the minute.
  part integer NOT NULL,
  batch_id uuid NOT NULL,
  requests bigint NOT NULL,
  errors bigint NOT NULL,
  cache_hits bigint NOT NULL,
  input_tokens bigint NOT NULL,
  cached_input_tokens bigint NOT NULL,
  output_tokens bigint NOT NULL,
  reasoning_tokens bigint NOT NULL,
  -- Of the requests those whose tokens have no known price: the cost is that of the others.
  unpriced_requests bigint NOT NULL,
  cost numeric NOT NULL,
  reported boolean NOT NULL DEFAULT false,
  PRIMARY KEY (workspace_id, minute, application, variant_digest, model, api_key, currency, part),
  UNIQUE (workspace_id, batch_id)
);
CREATE INDEX usage_unreported ON usage_minute (workspace_id, minute) WHERE NOT reported;
SELECT isolate('usage_minute');

-- Policies show one workspace at a time, and nobody would know which of them have usage to report. The function shows
-- their ids alone; the owner, as whom it runs, may read the table.
CREATE POLICY reports ON usage_minute FOR SELECT TO CURRENT_USER USING (true);
CREATE FUNCTION workspaces_with_unreported_usage(before timestamptz) RETURNS SETOF uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = '' AS $$
  SELECT DISTINCT workspace_id FROM public.usage_minute WHERE NOT reported AND minute < before
$$;
REVOKE EXECUTE ON FUNCTION workspaces_with_unreported_usage FROM PUBLIC;
GRANT EXECUTE ON FUNCTION workspaces_with_unreported_usage TO ${runtimeRole};

-- What happened in each request, by the day (UTC) in which it arrived. Written once, and dropped by the day: the
-- partitions are the two functions' below, so that who serves owns none of them.
CREATE TABLE trace (
  workspace_id uuid NOT NULL,
  day date NOT NULL,
  request_id uuid NOT NULL,
  trace_id text NOT NULL,
  response_id text,
  caller text NOT NULL,
  operation text NOT NULL,
  application text,
  environment text,
  release_id uuid,
  arm text,
  variant_digest text,
  model text NOT NULL,
  started_at timestamptz NOT NULL,
  duration_micros bigint NOT NULL,
  first_token_micros bigint,
  status text NOT NULL,
  error text,
  finish_reason text,
  cache text NOT NULL,
  streamed boolean NOT NULL,
  input_tokens bigint NOT NULL,
  cached_input_tokens bigint NOT NULL,
  output_tokens bigint NOT NULL,
  reasoning_tokens bigint NOT NULL,
  cost numeric,
  currency text,
  steps jsonb NOT NULL,
  contents text NOT NULL,
  PRIMARY KEY (workspace_id, day, request_id)
) PARTITION BY RANGE (day);
CREATE INDEX trace_by_trace ON trace (workspace_id, trace_id);
CREATE INDEX trace_by_response ON trace (workspace_id, response_id);
SELECT isolate('trace');
SELECT append_only('trace');

-- Which requests each batch of usage counts, by the day (UTC) of its minute. leaf: the hash of the request's record in
-- the batch's Merkle tree, whose root is in the ledger. Without content, and dropped with the traces: a receipt that
-- somebody has by then stays valid.
CREATE TABLE usage_record (
  workspace_id uuid NOT NULL,
  day date NOT NULL,
  request_id uuid NOT NULL,
  batch_id uuid NOT NULL,
  leaf bytea NOT NULL,
  PRIMARY KEY (workspace_id, day, request_id)
) PARTITION BY RANGE (day);
CREATE INDEX usage_record_by_batch ON usage_record (workspace_id, batch_id, request_id);
SELECT isolate('usage_record');
SELECT append_only('usage_record');

-- What a workspace keeps of the contents of its requests; without a row, masked contents for 30 days.
CREATE TABLE trace_policy (
  workspace_id uuid NOT NULL PRIMARY KEY,
  contents text NOT NULL,
  retention_days integer NOT NULL CHECK (retention_days BETWEEN 1 AND 365),
  version bigint NOT NULL,
  changed_by text NOT NULL,
  changed_at timestamptz NOT NULL
);
SELECT isolate('trace_policy');
SELECT append_only_except('trace_policy', 'contents', 'retention_days', 'version', 'changed_by', 'changed_at');
SELECT forwards_only('trace_policy', 'version');

-- Personal data, and no evidence: deleted by the policy of the workspace, in a function with the owner's rights.
CREATE TABLE trace_content (
  workspace_id uuid NOT NULL,
  day date NOT NULL,
  request_id uuid NOT NULL,
  contents text NOT NULL,
  input jsonb NOT NULL,
  output jsonb,
  truncated boolean NOT NULL,
  PRIMARY KEY (workspace_id, day, request_id)
) PARTITION BY RANGE (day);
SELECT isolate('trace_content');
REVOKE UPDATE, DELETE, TRUNCATE ON trace_content FROM ${runtimeRole};

-- Nobody asks a partition itself, by which the table's policy would be passed: the runtime role has no right to it.
CREATE FUNCTION create_trace_day(wanted date) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  parent text;
  child text;
BEGIN
  IF wanted > (now() AT TIME ZONE 'UTC')::date + 2 THEN
    RAISE EXCEPTION '% is more than two days ahead', wanted;
  END IF;
  PERFORM pg_advisory_xact_lock(hashtextextended('trace_day', 0));
  FOREACH parent IN ARRAY ARRAY['trace', 'trace_content', 'usage_record'] LOOP
    child := parent || '_' || to_char(wanted, 'YYYYMMDD');
    IF to_regclass(child) IS NULL THEN
      EXECUTE format('CREATE TABLE %I PARTITION OF %I FOR VALUES FROM (%L) TO (%L)', child, parent, wanted, wanted + 1);
      EXECUTE format('REVOKE ALL ON %I FROM ${runtimeRole}', child);
      PERFORM isolate(child::regclass);
      IF parent <> 'trace_content' THEN
        PERFORM append_only(child::regclass);
      END IF;
    END IF;
  END LOOP;
END $$;

CREATE FUNCTION drop_trace_days(before date) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  child regclass;
BEGIN
  IF before > (now() AT TIME ZONE 'UTC')::date - 30 THEN
    RAISE EXCEPTION 'traces are kept for 30 days at least';
  END IF;
  PERFORM pg_advisory_xact_lock(hashtextextended('trace_day', 0));
  FOR child IN
    SELECT inhrelid::regclass FROM pg_inherits JOIN pg_class ON pg_class.oid = inhrelid
    WHERE inhparent IN ('trace'::regclass, 'trace_content'::regclass, 'usage_record'::regclass)
      AND right(relname, 8) < to_char(before, 'YYYYMMDD')
  LOOP
    EXECUTE format('DROP TABLE %s', child);
  END LOOP;
END $$;

-- Policies show one workspace at a time, and every workspace's contents come to their end: the owner, as whom the
-- function runs, may see and delete what it does.
CREATE POLICY retention ON trace_content TO CURRENT_USER USING (true);
CREATE POLICY retention ON trace_policy FOR SELECT TO CURRENT_USER USING (true);
CREATE FUNCTION expire_trace_contents() RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  past date;
  age integer;
BEGIN
  FOR past IN
    SELECT to_date(right(relname, 8), 'YYYYMMDD') FROM pg_inherits JOIN pg_class ON pg_class.oid = inhrelid
    WHERE inhparent = 'trace_content'::regclass
  LOOP
    age := (now() AT TIME ZONE 'UTC')::date - past;
    DELETE FROM trace_content WHERE day = past
      AND workspace_id IN (SELECT workspace_id FROM trace_policy WHERE retention_days < age);
    IF age > 30 THEN
      DELETE FROM trace_content WHERE day = past
        AND workspace_id NOT IN (SELECT workspace_id FROM trace_policy WHERE retention_days >= age);
    END IF;
  END LOOP;
END $$;
REVOKE EXECUTE ON FUNCTION create_trace_day, drop_trace_days, expire_trace_contents FROM PUBLIC;
GRANT EXECUTE ON FUNCTION create_trace_day, drop_trace_days, expire_trace_contents TO ${runtimeRole};

-- variant_digest: absent when a release answered, which knows its variants.
CREATE TABLE feedback (
  workspace_id uuid NOT NULL,
  response_id text NOT NULL,
  metric text NOT NULL,
  release_id uuid,
  arm text,
  variant_digest text,
  correct boolean NOT NULL,
  correction text,
  created_by text NOT NULL,
  created_at timestamptz NOT NULL,
  PRIMARY KEY (workspace_id, response_id, created_by, metric)
);
CREATE INDEX feedback_of_arm ON feedback (workspace_id, release_id, arm);
SELECT isolate('feedback');
-- Who gave it may correct it; whose answer it judges never changes.
SELECT append_only_except('feedback', 'correct', 'correction', 'created_at');

-- Keys with which applications call the OpenAI API. secret_mac: of a secret that is kept nowhere.
-- revocation: its number among all revocations.
CREATE TABLE api_key (
  workspace_id uuid NOT NULL,
  api_key_id uuid NOT NULL UNIQUE,
  name text NOT NULL,
  secret_mac bytea NOT NULL,
  all_applications boolean NOT NULL,
  applications jsonb NOT NULL,
  models jsonb NOT NULL,
  created_by text NOT NULL,
  created_at timestamptz NOT NULL,
  expires_at timestamptz NOT NULL,
  last_used_at timestamptz,
  revoked_at timestamptz,
  revoked_by text,
  revocation_reason text,
  revocation bigint,
  PRIMARY KEY (workspace_id, api_key_id)
);
CREATE INDEX api_key_by_revocation ON api_key (revocation);
SELECT isolate('api_key');
-- What it opens, and until when, never changes; what was revoked stays so.
SELECT append_only_except('api_key',
  'last_used_at', 'revoked_at', 'revoked_by', 'revocation_reason', 'revocation');
SELECT final_once('api_key', 'OLD.revoked_at IS NOT NULL');

-- How many keys were revoked, of all workspaces. One row: locked until the end of a revocation, so that their numbers
-- become visible in their order, and who has seen one has seen all before it.
CREATE TABLE revocation_count (
  one boolean PRIMARY KEY DEFAULT true CHECK (one),
  number bigint NOT NULL
);
INSERT INTO revocation_count (number) VALUES (0);
REVOKE INSERT, DELETE, TRUNCATE ON revocation_count FROM ${runtimeRole};
SELECT forwards_only('revocation_count', 'number');

-- A call is authenticated before it is known whose it is, and revocations of all workspaces are read by one query. The
-- functions run as the owner, who may read the table; they show nothing that opens anything.
CREATE POLICY authentication ON api_key FOR SELECT TO CURRENT_USER USING (true);
CREATE FUNCTION find_api_key(wanted uuid)
RETURNS TABLE (workspace_id uuid, name text, secret_mac bytea, all_applications boolean, applications jsonb,
               models jsonb, expires_at timestamptz, revoked boolean)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = '' AS $$
  SELECT k.workspace_id, k.name, k.secret_mac, k.all_applications, k.applications, k.models, k.expires_at,
    k.revoked_at IS NOT NULL
  FROM public.api_key k WHERE k.api_key_id = wanted
$$;
CREATE FUNCTION revoked_api_keys(after bigint, most int) RETURNS TABLE (number bigint, api_key_id uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = '' AS $$
  SELECT c.number, k.api_key_id
  FROM public.revocation_count c LEFT JOIN public.api_key k ON k.revocation > after LIMIT most
$$;
REVOKE EXECUTE ON FUNCTION find_api_key, revoked_api_keys FROM PUBLIC;
GRANT EXECUTE ON FUNCTION find_api_key, revoked_api_keys TO ${runtimeRole};
