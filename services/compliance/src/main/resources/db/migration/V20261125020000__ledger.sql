-- The ledger is one for the whole installation, so its tables carry no policy: people read it through audit_entry, which does.

-- Acknowledged and durable, not yet in the tree. A queue: drained by whoever holds the sequencer's lock.
CREATE TABLE ledger_pending (
  seq bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  source text NOT NULL,
  event_id text NOT NULL,
  type text NOT NULL,
  subject text NOT NULL,
  workspace uuid,
  content_digest bytea NOT NULL,
  headers bytea NOT NULL,
  value bytea,
  position text NOT NULL,
  UNIQUE (event_id, source)
) WITH (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000);

-- Columns before content_digest are derived from headers, and the verifier derives them again.
CREATE TABLE ledger_entry (
  idx bigint PRIMARY KEY,
  source text NOT NULL,
  event_id text NOT NULL,
  type text NOT NULL,
  subject text NOT NULL,
  workspace uuid,
  content_digest bytea NOT NULL,
  leaf_hash bytea NOT NULL,
  headers bytea NOT NULL,
  value bytea,
  UNIQUE (event_id, source)
);

CREATE TABLE ledger_tile (
  level int NOT NULL,
  idx bigint NOT NULL,
  hashes bytea NOT NULL,
  root bytea NOT NULL,
  PRIMARY KEY (level, idx)
);

-- One head per batch, for ever.
CREATE TABLE ledger_head (
  tree_size bigint PRIMARY KEY,
  root bytea NOT NULL,
  signed_at timestamptz NOT NULL,
  signature text NOT NULL,
  key_id text NOT NULL
);

-- The newest head, signed again while nothing happens: shows that the sequencer lives.
CREATE TABLE ledger_fresh_head (
  one boolean PRIMARY KEY DEFAULT true CHECK (one),
  tree_size bigint NOT NULL,
  root bytea NOT NULL,
  signed_at timestamptz NOT NULL,
  signature text NOT NULL,
  key_id text NOT NULL
);

CREATE TABLE ledger_key (
  key_id text PRIMARY KEY,
  public_key text NOT NULL,
  since timestamptz NOT NULL DEFAULT clock_timestamp()
);

REVOKE UPDATE, DELETE, TRUNCATE ON ledger_entry, ledger_tile, ledger_head, ledger_key FROM ${runtimeRole};

-- The role cannot, and who could is told: a trigger that somebody disables is found by the verifier.
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
END $$;

CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON ledger_entry FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON ledger_tile FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON ledger_head FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON ledger_key FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
