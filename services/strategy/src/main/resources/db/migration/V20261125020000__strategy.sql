CREATE TABLE application (
  workspace_id uuid NOT NULL,
  id uuid NOT NULL,
  name text NOT NULL,
  purpose text NOT NULL,
  owner text NOT NULL,
  criticality text NOT NULL,
  task text NOT NULL,
  monthly_volume bigint NOT NULL,
  registered_by text NOT NULL,
  registered_at timestamptz NOT NULL,
  facts int NOT NULL,
  version bigint NOT NULL,
  PRIMARY KEY (workspace_id, id),
  UNIQUE (workspace_id, name)
);
SELECT isolate('application');

CREATE TABLE assessment (
  workspace_id uuid NOT NULL,
  id uuid NOT NULL,
  application text NOT NULL,
  answers jsonb NOT NULL,
  result jsonb NOT NULL,
  author text NOT NULL,
  completed_at timestamptz NOT NULL,
  PRIMARY KEY (workspace_id, id),
  FOREIGN KEY (workspace_id, application) REFERENCES application (workspace_id, name)
);
SELECT isolate('assessment');
CREATE INDEX assessment_application ON assessment (workspace_id, application, id);

CREATE TABLE criteria (
  workspace_id uuid NOT NULL,
  application text NOT NULL,
  version int NOT NULL,
  digest text NOT NULL,
  criteria jsonb NOT NULL,
  author text NOT NULL,
  registered_at timestamptz NOT NULL,
  event_id uuid NOT NULL,
  ledger_index bigint,
  PRIMARY KEY (workspace_id, application, version),
  FOREIGN KEY (workspace_id, application) REFERENCES application (workspace_id, name)
);
SELECT isolate('criteria');
CREATE INDEX criteria_event ON criteria (workspace_id, event_id);

CREATE TABLE phase (
  workspace_id uuid NOT NULL,
  application text NOT NULL,
  phase text NOT NULL,
  state text NOT NULL,
  missing text[] NOT NULL,
  verdicts uuid[] NOT NULL,
  waiver uuid,
  reason text NOT NULL,
  version bigint NOT NULL,
  changed_at timestamptz NOT NULL,
  PRIMARY KEY (workspace_id, application, phase),
  FOREIGN KEY (workspace_id, application) REFERENCES application (workspace_id, name)
);
SELECT isolate('phase');

CREATE TABLE waiver (
  workspace_id uuid NOT NULL,
  id uuid NOT NULL,
  application text NOT NULL,
  phase text NOT NULL,
  reason text NOT NULL,
  digest text NOT NULL,
  requester text NOT NULL,
  requested_at timestamptz NOT NULL,
  state text NOT NULL,
  decided_by text,
  decided_at timestamptz,
  approval_id uuid,
  decision_reason text,
  PRIMARY KEY (workspace_id, id),
  FOREIGN KEY (workspace_id, application) REFERENCES application (workspace_id, name)
);
SELECT isolate('waiver');
CREATE INDEX waiver_application ON waiver (workspace_id, application, id);

CREATE TABLE cost_model (
  workspace_id uuid NOT NULL,
  id uuid NOT NULL,
  application text,
  request jsonb NOT NULL,
  result jsonb NOT NULL,
  author text NOT NULL,
  created_at timestamptz NOT NULL,
  PRIMARY KEY (workspace_id, id)
);
SELECT isolate('cost_model');

CREATE TABLE recommendation (
  workspace_id uuid NOT NULL,
  id uuid NOT NULL,
  application text NOT NULL,
  result jsonb NOT NULL,
  author text NOT NULL,
  issued_at timestamptz NOT NULL,
  PRIMARY KEY (workspace_id, id),
  FOREIGN KEY (workspace_id, application) REFERENCES application (workspace_id, name)
);
SELECT isolate('recommendation');
CREATE INDEX recommendation_application ON recommendation (workspace_id, application, id);
