-- Tables of the platform's mechanisms. They carry no policy: only platform code touches them.
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO ${runtimeRole};
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT USAGE ON SEQUENCES TO ${runtimeRole};
REVOKE CREATE ON SCHEMA public FROM PUBLIC;

-- Called for every table with rows of a workspace, in the file that creates it.
CREATE FUNCTION isolate(target regclass) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', target);
  EXECUTE format(
    'CREATE POLICY workspace ON %s
     USING (workspace_id = nullif(current_setting(''plumbline.workspace'', true), '''')::uuid)
     WITH CHECK (workspace_id = nullif(current_setting(''plumbline.workspace'', true), '''')::uuid)', target);
END $$;

CREATE TABLE outbox (
  seq bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  topic text NOT NULL,
  key text NOT NULL,
  headers jsonb NOT NULL,
  value bytea NOT NULL,
  created_at timestamptz NOT NULL DEFAULT clock_timestamp()
);

CREATE TABLE inbox (
  consumer text NOT NULL,
  source text NOT NULL,
  event_id uuid NOT NULL,
  received_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  PRIMARY KEY (consumer, source, event_id)
);
CREATE INDEX inbox_age ON inbox (received_at);

CREATE TABLE dead_letter (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  workspace_id uuid NOT NULL,
  source text NOT NULL,
  event_id uuid NOT NULL,
  type text NOT NULL,
  key text NOT NULL,
  headers jsonb NOT NULL,
  value bytea NOT NULL,
  cause text NOT NULL,
  failed_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  UNIQUE (source, event_id)
);
CREATE INDEX dead_letter_key ON dead_letter (source, key, id);

CREATE TABLE idempotency (
  workspace_id uuid NOT NULL,
  actor text NOT NULL,
  key text NOT NULL,
  request_hash bytea NOT NULL,
  status int NOT NULL DEFAULT 0,
  headers jsonb NOT NULL DEFAULT '{}',
  body bytea NOT NULL DEFAULT '',
  created_at timestamptz NOT NULL,
  PRIMARY KEY (workspace_id, actor, key)
);
CREATE INDEX idempotency_age ON idempotency (created_at);

CREATE TABLE job (
  id uuid PRIMARY KEY,
  workspace_id uuid NOT NULL,
  kind text NOT NULL,
  payload jsonb NOT NULL,
  priority int NOT NULL,
  state text NOT NULL,
  attempt int NOT NULL DEFAULT 0,
  fence bigint NOT NULL DEFAULT 0,
  lease_until timestamptz,
  run_after timestamptz NOT NULL DEFAULT clock_timestamp(),
  progress double precision NOT NULL DEFAULT 0,
  message text NOT NULL DEFAULT '',
  error text,
  cancel_requested boolean NOT NULL DEFAULT false,
  created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  started_at timestamptz,
  finished_at timestamptz
);
CREATE INDEX job_claim ON job (kind, priority DESC, created_at) WHERE state IN ('QUEUED', 'RUNNING');
