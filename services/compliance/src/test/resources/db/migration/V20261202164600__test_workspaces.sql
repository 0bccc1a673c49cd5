-- The workspaces of the tests, as an installation from before the table of workspaces leaves them.
INSERT INTO workspace (id, operator, name, version, created_by, created_at, changed_by, changed_at) VALUES
  ('0190a000-0000-7000-8000-000000000001', true, 'acme', 0, 'system', now(), 'system', now()),
  ('0190a000-0000-7000-8000-000000000002', false, 'globex', 0, 'system', now(), 'system', now());
