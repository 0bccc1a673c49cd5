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
