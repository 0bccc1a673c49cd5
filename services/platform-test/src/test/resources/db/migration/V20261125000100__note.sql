CREATE TABLE note (
  workspace_id uuid NOT NULL,
  name text NOT NULL,
  version bigint NOT NULL,
  PRIMARY KEY (workspace_id, name)
);
SELECT isolate('note');
