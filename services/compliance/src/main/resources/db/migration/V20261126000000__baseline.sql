-- The ledger is one for the whole installation, so its tables carry no policy: people read it through
-- audit_entry, which does.

-- Acknowledged and durable, not yet in the tree. A queue: drained by the process that has the sequencer's lock.
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

-- One head per batch, kept permanently.
CREATE TABLE ledger_head (
  tree_size bigint PRIMARY KEY,
  root bytea NOT NULL,
  signed_at timestamptz NOT NULL,
  signature text NOT NULL,
  key_id text NOT NULL
);

-- The newest head, signed again while nothing happens: shows that the sequencer is running.
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

-- The role has no right to change them; the trigger also refuses everybody who has, and the verifier reports a
-- disabled trigger.
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
END $$;

CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON ledger_entry FOR EACH STATEMENT EXECUTE
  FUNCTION refuse_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON ledger_tile FOR EACH STATEMENT EXECUTE
  FUNCTION refuse_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON ledger_head FOR EACH STATEMENT EXECUTE
  FUNCTION refuse_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON ledger_key FOR EACH STATEMENT EXECUTE
  FUNCTION refuse_change();

-- What of the ledger a workspace may see and search. The content stays in ledger_entry, which is joined on idx.
CREATE TABLE audit_entry (
  workspace_id uuid NOT NULL,
  idx bigint NOT NULL,
  occurred_at timestamptz NOT NULL,
  source text NOT NULL,
  event_id text NOT NULL,
  type text NOT NULL,
  object text NOT NULL,
  actor text NOT NULL,
  outcome text NOT NULL,
  trace_id text,
  causation_id text,
  PRIMARY KEY (workspace_id, idx)
);
CREATE INDEX audit_entry_actor ON audit_entry (workspace_id, actor, idx);
CREATE INDEX audit_entry_type ON audit_entry (workspace_id, type, idx);
CREATE INDEX audit_entry_object ON audit_entry (workspace_id, object text_pattern_ops, idx);
SELECT isolate('audit_entry');

-- The next entry to project. One row.
CREATE TABLE audit_progress (
  one boolean PRIMARY KEY DEFAULT true CHECK (one),
  next_idx bigint NOT NULL
);
INSERT INTO audit_progress (next_idx) VALUES (0);

CREATE TABLE policy (
  workspace_id uuid NOT NULL,
  name text NOT NULL,
  target text NOT NULL,
  version int NOT NULL,
  PRIMARY KEY (workspace_id, name)
);
SELECT isolate('policy');

CREATE TABLE policy_version (
  workspace_id uuid NOT NULL,
  name text NOT NULL,
  version int NOT NULL,
  source text NOT NULL,
  digest text NOT NULL,
  activated_by text NOT NULL,
  activated_at timestamptz NOT NULL,
  PRIMARY KEY (workspace_id, name, version),
  FOREIGN KEY (workspace_id, name) REFERENCES policy (workspace_id, name)
);
SELECT isolate('policy_version');

CREATE TABLE approval (
  workspace_id uuid NOT NULL,
  id uuid NOT NULL,
  version bigint NOT NULL,
  request_event_id uuid NOT NULL,
  request_type text NOT NULL,
  request_id uuid NOT NULL,
  object text NOT NULL,
  subject_digest text NOT NULL,
  requester text NOT NULL,
  authors text[] NOT NULL,
  request text NOT NULL,
  state text NOT NULL,
  requested_at timestamptz NOT NULL,
  expires_at timestamptz NOT NULL,
  decided_by text,
  decided_at timestamptz,
  reason text,
  PRIMARY KEY (workspace_id, id),
  UNIQUE (workspace_id, request_event_id)
);
CREATE INDEX approval_inbox ON approval (workspace_id, state, requested_at DESC, id DESC);
CREATE INDEX approval_object ON approval (workspace_id, request_type, object) WHERE state = 'PENDING';
SELECT isolate('approval');

CREATE TABLE risk (
  workspace_id uuid NOT NULL,
  name text NOT NULL,
  version bigint NOT NULL,
  title text NOT NULL,
  description text NOT NULL,
  approaches jsonb NOT NULL,
  inherent_likelihood int NOT NULL CHECK (inherent_likelihood BETWEEN 1 AND 5),
  inherent_impact int NOT NULL CHECK (inherent_impact BETWEEN 1 AND 5),
  residual_likelihood int NOT NULL CHECK (residual_likelihood BETWEEN 1 AND 5),
  residual_impact int NOT NULL CHECK (residual_impact BETWEEN 1 AND 5),
  mitigation text NOT NULL,
  signals jsonb NOT NULL,
  evidence jsonb NOT NULL,
  changed_by text NOT NULL,
  changed_at timestamptz NOT NULL,
  PRIMARY KEY (workspace_id, name)
);
SELECT isolate('risk');
