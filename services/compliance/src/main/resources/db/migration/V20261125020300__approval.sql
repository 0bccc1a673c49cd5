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
