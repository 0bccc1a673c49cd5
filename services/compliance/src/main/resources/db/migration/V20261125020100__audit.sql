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
