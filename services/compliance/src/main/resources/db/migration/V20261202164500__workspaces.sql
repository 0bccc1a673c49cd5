-- The workspaces of the installation. The list belongs to no workspace, so it has no policy: the service shows an
-- administrator the own workspace, and all of them to those of the operator's. Version 0 is a workspace of an
-- installation from before this table, whose creation is not published yet.
CREATE TABLE workspace (
  id uuid PRIMARY KEY,
  operator boolean NOT NULL,
  name text NOT NULL UNIQUE,
  regions jsonb NOT NULL DEFAULT '[]',
  currency text NOT NULL DEFAULT 'USD',
  role_rates jsonb NOT NULL DEFAULT '[]',
  quotas jsonb NOT NULL DEFAULT '[]',
  retention_days int,
  state text NOT NULL DEFAULT 'ACTIVE' CHECK (state IN ('ACTIVE', 'ARCHIVED')),
  archive_reason text,
  version bigint NOT NULL,
  created_by text NOT NULL,
  created_at timestamptz NOT NULL,
  changed_by text NOT NULL,
  changed_at timestamptz NOT NULL
);
CREATE UNIQUE INDEX workspace_operator ON workspace (operator) WHERE operator;
SELECT append_only_except('workspace', 'name', 'regions', 'currency', 'role_rates', 'quotas', 'retention_days', 'state',
  'archive_reason', 'version', 'changed_by', 'changed_at');
SELECT forwards_only('workspace', 'version');
SELECT final_unless('workspace', 'ACTIVE');

-- Every workspace that was configured has policies since its first start. The two names are those that the
-- configuration of former versions gave.
ALTER TABLE policy NO FORCE ROW LEVEL SECURITY;
INSERT INTO workspace (id, operator, name, version, created_by, created_at, changed_by, changed_at)
SELECT workspace_id, number = 1,
  CASE workspace_id
    WHEN '0190a000-0000-7000-8000-000000000001' THEN 'acme'
    WHEN '0190a000-0000-7000-8000-000000000002' THEN 'globex'
    ELSE 'workspace-' || number END,
  0, 'system', now(), 'system', now()
FROM (SELECT workspace_id, row_number() OVER (ORDER BY workspace_id) AS number
  FROM (SELECT DISTINCT workspace_id FROM policy) known) numbered;
ALTER TABLE policy FORCE ROW LEVEL SECURITY;
