-- The ledger is one for the whole installation, so its tables carry no policy: people read it through
-- audit_entry, which does.

-- Where messages come from. A topic that was created anew counts its offsets from the beginning, so its partitions
-- are other rows.
CREATE TABLE ledger_partition (
  id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  topic text NOT NULL,
  partition int NOT NULL,
  generation int NOT NULL,
  since timestamptz NOT NULL DEFAULT clock_timestamp(),
  UNIQUE (topic, partition, generation)
);

-- What was received, written once. position = partition id × 2^40 + offset. Columns before content_digest are derived
-- from headers, and the verifier derives them again.
CREATE TABLE ledger_message (
  position bigint PRIMARY KEY,
  source text NOT NULL,
  event_id text NOT NULL,
  type text NOT NULL,
  subject text NOT NULL,
  workspace uuid,
  content_digest bytea NOT NULL,
  headers bytea NOT NULL,
  value bytea,
  UNIQUE (event_id, source)
);

-- Positions that were received and are no entries: with the messages they leave no gap in any partition.
CREATE TABLE ledger_skip (
  position bigint PRIMARY KEY,
  through bigint NOT NULL CHECK (through >= position),
  reason text NOT NULL
);

-- Which message has which place in the tree; a message without a row here waits for its place.
CREATE TABLE ledger_entry (
  idx bigint PRIMARY KEY,
  position bigint NOT NULL UNIQUE,
  leaf_hash bytea NOT NULL
);

CREATE TABLE ledger_tile (
  level int NOT NULL,
  idx bigint NOT NULL,
  hashes bytea NOT NULL,
  root bytea NOT NULL,
  PRIMARY KEY (level, idx)
);

-- At most one head a second, kept permanently.
CREATE TABLE ledger_head (
  tree_size bigint PRIMARY KEY,
  root bytea NOT NULL,
  signed_at timestamptz NOT NULL,
  signature text NOT NULL,
  key_id text NOT NULL
);

-- The newest head, signed with every batch and again while nothing happens. Replaced, but never by one over fewer
-- entries.
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

SELECT append_only('ledger_partition');
SELECT append_only('ledger_message');
SELECT append_only('ledger_skip');
SELECT append_only('ledger_entry');
SELECT append_only('ledger_tile');
SELECT append_only('ledger_head');
SELECT append_only('ledger_key');

CREATE TRIGGER never_smaller BEFORE UPDATE ON ledger_fresh_head FOR EACH ROW EXECUTE FUNCTION refuse_smaller_head();
REVOKE DELETE, TRUNCATE ON ledger_fresh_head FROM ${runtimeRole};

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
SELECT append_only('audit_entry');

-- The next entry to project. One row.
CREATE TABLE audit_progress (
  one boolean PRIMARY KEY DEFAULT true CHECK (one),
  next_idx bigint NOT NULL
);
INSERT INTO audit_progress (next_idx) VALUES (0);
REVOKE INSERT, DELETE, TRUNCATE ON audit_progress FROM ${runtimeRole};
CREATE FUNCTION refuse_going_back() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'the audit is at entry % and cannot go back to %', OLD.next_idx, NEW.next_idx
    USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE TRIGGER forwards BEFORE UPDATE ON audit_progress FOR EACH ROW WHEN (NEW.next_idx < OLD.next_idx)
  EXECUTE FUNCTION refuse_going_back();

CREATE TABLE policy (
  workspace_id uuid NOT NULL,
  name text NOT NULL,
  target text NOT NULL,
  version int NOT NULL,
  PRIMARY KEY (workspace_id, name)
);
SELECT isolate('policy');
-- Which version is active; what it says is in policy_version.
REVOKE UPDATE, DELETE, TRUNCATE ON policy FROM ${runtimeRole};
GRANT UPDATE (version) ON policy TO ${runtimeRole};

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
SELECT append_only('policy_version');

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
  -- JSON: the policies that decided in the place of a person.
  policies text,
  -- Why policies that could have decided leave it to a person.
  policy_refusals text[] NOT NULL DEFAULT '{}',
  PRIMARY KEY (workspace_id, id),
  UNIQUE (workspace_id, request_event_id)
);
CREATE INDEX approval_inbox ON approval (workspace_id, state, requested_at DESC, id DESC);
CREATE INDEX approval_object ON approval (workspace_id, request_type, object) WHERE state = 'PENDING';
SELECT isolate('approval');
-- What was requested never changes, and what was decided is final.
REVOKE UPDATE, DELETE, TRUNCATE ON approval FROM ${runtimeRole};
GRANT UPDATE (version, state, decided_by, decided_at, reason, policies) ON approval TO ${runtimeRole};
CREATE FUNCTION refuse_second_decision() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'approval % is % and final', OLD.id, OLD.state USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE TRIGGER decided_once BEFORE UPDATE ON approval FOR EACH ROW WHEN (OLD.state <> 'PENDING')
  EXECUTE FUNCTION refuse_second_decision();

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
REVOKE DELETE, TRUNCATE ON risk FROM ${runtimeRole};
