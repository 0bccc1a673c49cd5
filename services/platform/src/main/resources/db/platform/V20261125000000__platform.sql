-- Tables of the platform's mechanisms. They carry no policy: only platform code touches them.
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO ${runtimeRole};
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT USAGE ON SEQUENCES TO ${runtimeRole};
REVOKE CREATE ON SCHEMA public FROM PUBLIC;

-- Called for every table with rows of a workspace, in the file that creates it. Forced: the owner sees no more than
-- others, so a later migration that changes rows lifts it (NO FORCE ROW LEVEL SECURITY) and forces it again.
CREATE FUNCTION isolate(target regclass) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY', target);
  EXECUTE format(
    'CREATE POLICY workspace ON %s
     USING (workspace_id = nullif(current_setting(''plumbline.workspace'', true), '''')::uuid)
     WITH CHECK (workspace_id = nullif(current_setting(''plumbline.workspace'', true), '''')::uuid)', target);
END $$;

-- Called for every table whose rows are evidence, in the file that creates it: the runtime role may insert and read,
-- and a trigger refuses everybody who may do more.
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
END $$;

CREATE FUNCTION append_only(target regclass) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE format('REVOKE UPDATE, DELETE, TRUNCATE ON %s FROM ${runtimeRole}', target);
  EXECUTE format(
    'CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON %s
     FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()', target);
END $$;

-- The same for evidence whose state moves: the named columns may change, all others stay as they were inserted.
CREATE FUNCTION refuse_other_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' AND to_jsonb(NEW) - TG_ARGV IS NOT DISTINCT FROM to_jsonb(OLD) - TG_ARGV THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION '% is append-only but for %', TG_TABLE_NAME, array_to_string(TG_ARGV, ', ')
    USING ERRCODE = 'insufficient_privilege';
END $$;

CREATE FUNCTION append_only_except(target regclass, VARIADIC columns text[]) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE format('REVOKE UPDATE, DELETE, TRUNCATE ON %s FROM ${runtimeRole}', target);
  EXECUTE format('GRANT UPDATE (%s) ON %s TO ${runtimeRole}',
    (SELECT string_agg(quote_ident(name), ', ') FROM unnest(columns) name), target);
  EXECUTE format('CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON %s
     FOR EACH ROW EXECUTE FUNCTION refuse_other_change(%s)', target,
    (SELECT string_agg(quote_literal(name), ', ') FROM unnest(columns) name));
  EXECUTE format('CREATE TRIGGER never_emptied BEFORE TRUNCATE ON %s
     FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()', target);
END $$;

-- For evidence that ends: a row of which the condition on OLD holds is final.
CREATE FUNCTION refuse_change_of_final() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'a row of % that % is final', TG_TABLE_NAME,
      coalesce('is ' || (to_jsonb(OLD) ->> 'state'), 'has ended')
    USING ERRCODE = 'insufficient_privilege';
END $$;

CREATE FUNCTION final_once(target regclass, condition text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE format('CREATE TRIGGER final BEFORE UPDATE ON %s FOR EACH ROW WHEN (%s)
     EXECUTE FUNCTION refuse_change_of_final()', target, condition);
END $$;

-- The same for a column state: a row in none of the states that may be left is final.
CREATE FUNCTION final_unless(target regclass, VARIADIC states text[]) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  PERFORM final_once(target, format('OLD.state <> ALL (%L::text[])', states));
END $$;

-- For evidence that newer evidence replaces: a change of a row raises the column, so none is rewritten in its place.
CREATE FUNCTION refuse_older() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'a row of % whose % is % is replaced by a higher one only',
      TG_TABLE_NAME, TG_ARGV[0], to_jsonb(OLD) ->> TG_ARGV[0]
    USING ERRCODE = 'insufficient_privilege';
END $$;

CREATE FUNCTION forwards_only(target regclass, "column" text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE format('CREATE TRIGGER forwards BEFORE UPDATE ON %1$s FOR EACH ROW WHEN (NEW.%2$I <= OLD.%2$I)
     EXECUTE FUNCTION refuse_older(%2$L)', target, "column");
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

-- A refused message is no event: it holds up nobody and takes nobody's place, whatever it says of itself.
CREATE TABLE dead_letter (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  workspace_id uuid NOT NULL,
  source text NOT NULL,
  event_id uuid NOT NULL,
  type text NOT NULL,
  key text NOT NULL,
  topic text NOT NULL,
  "partition" int NOT NULL,
  "offset" bigint NOT NULL,
  headers jsonb NOT NULL,
  value bytea NOT NULL,
  cause text NOT NULL,
  refused boolean NOT NULL,
  failed_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
CREATE UNIQUE INDEX dead_letter_event ON dead_letter (workspace_id, source, event_id) WHERE NOT refused;
CREATE UNIQUE INDEX dead_letter_refused ON dead_letter (topic, "partition", "offset") WHERE refused;
CREATE INDEX dead_letter_key ON dead_letter (workspace_id, source, key, id) WHERE NOT refused;
CREATE INDEX dead_letter_list ON dead_letter (workspace_id, id);

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

-- The largest signed head of the ledger that was received: it never becomes a smaller one. One row.
CREATE TABLE received_head (
  one boolean PRIMARY KEY DEFAULT true CHECK (one),
  tree_size bigint NOT NULL,
  root bytea NOT NULL,
  signed_at timestamptz NOT NULL,
  signature text NOT NULL,
  key_id text NOT NULL,
  received_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
CREATE FUNCTION refuse_smaller_head() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.tree_size < OLD.tree_size THEN
    RAISE EXCEPTION '% covers % entries and cannot go back to %', TG_TABLE_NAME, OLD.tree_size, NEW.tree_size
      USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER never_smaller BEFORE UPDATE ON received_head FOR EACH ROW EXECUTE FUNCTION refuse_smaller_head();
REVOKE DELETE, TRUNCATE ON received_head FROM ${runtimeRole};
