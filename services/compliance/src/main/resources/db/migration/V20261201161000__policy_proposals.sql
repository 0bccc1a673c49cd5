-- Null for the policies that a workspace starts with, and for versions from before policies took two people.
ALTER TABLE policy_version ADD COLUMN proposed_by text;

CREATE TABLE policy_proposal (
  workspace_id uuid NOT NULL,
  id uuid NOT NULL,
  name text NOT NULL,
  target text NOT NULL,
  former_version int NOT NULL,
  source text NOT NULL,
  digest text NOT NULL,
  reason text NOT NULL,
  requester text NOT NULL,
  requested_at timestamptz NOT NULL,
  state text NOT NULL,
  decided_by text,
  decided_at timestamptz,
  decision_reason text,
  version int,
  PRIMARY KEY (workspace_id, id)
);
CREATE INDEX policy_proposal_proposed ON policy_proposal (workspace_id, id DESC) WHERE state = 'PROPOSED';
SELECT isolate('policy_proposal');
SELECT append_only_except('policy_proposal', 'state', 'decided_by', 'decided_at', 'decision_reason', 'version');
SELECT final_unless('policy_proposal', 'PROPOSED');
