-- The workspaces of the installation, as compliance published them. No policy: a service works in each of them at its
-- start, and what a request asks for is the state of its own workspace.
CREATE TABLE known_workspace (
  workspace_id uuid PRIMARY KEY,
  state text NOT NULL,
  version bigint NOT NULL
);
REVOKE DELETE, TRUNCATE ON known_workspace FROM ${runtimeRole};
SELECT forwards_only('known_workspace', 'version');
