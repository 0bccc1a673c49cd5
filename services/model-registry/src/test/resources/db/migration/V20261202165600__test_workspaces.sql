-- The workspaces of the tests, as their events leave them.
INSERT INTO known_workspace (workspace_id, state, version) VALUES
  ('0190a000-0000-7000-8000-000000000001', 'ACTIVE', 1),
  ('0190a000-0000-7000-8000-000000000002', 'ACTIVE', 1);
