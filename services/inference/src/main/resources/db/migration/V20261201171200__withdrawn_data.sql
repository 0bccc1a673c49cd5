-- The dataset version that a model was trained on; absent for versions from before it was kept.
ALTER TABLE model_version_projection ADD COLUMN dataset_digest text;

-- Since when a dataset version is not admitted to a purpose; until: when it was admitted again.
CREATE TABLE data_withdrawal (
  workspace_id uuid NOT NULL,
  version_digest text NOT NULL,
  purpose text NOT NULL,
  since timestamptz NOT NULL,
  until timestamptz,
  PRIMARY KEY (workspace_id, version_digest, purpose, since)
);
CREATE UNIQUE INDEX one_open_withdrawal ON data_withdrawal (workspace_id, version_digest, purpose) WHERE until IS NULL;
SELECT isolate('data_withdrawal');
SELECT append_only_except('data_withdrawal', 'until');
SELECT final_once('data_withdrawal', 'OLD.until IS NOT NULL');

-- The parts of serving releases that were found to stand on withdrawn data; each is published once.
CREATE TABLE release_withdrawal (
  workspace_id uuid NOT NULL,
  release_id uuid NOT NULL,
  part text NOT NULL,
  version_digest text NOT NULL,
  since timestamptz NOT NULL,
  PRIMARY KEY (workspace_id, release_id, part, version_digest, since)
);
SELECT isolate('release_withdrawal');
SELECT append_only('release_withdrawal');

-- Releases that ended because of withdrawn data, with none to go back to.
CREATE TABLE stopped_release (
  workspace_id uuid NOT NULL,
  release_id uuid NOT NULL,
  PRIMARY KEY (workspace_id, release_id)
);
SELECT isolate('stopped_release');
SELECT append_only('stopped_release');

-- Policies show one workspace at a time, and nobody would know which of them serve something. The function shows
-- their ids alone; the owner, as whom it runs, may read the table.
CREATE POLICY watched ON release FOR SELECT TO CURRENT_USER USING (true);
CREATE FUNCTION workspaces_with_releases() RETURNS SETOF uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT DISTINCT workspace_id FROM public.release WHERE state IN ('ACTIVE', 'CANARY')
$$;
REVOKE EXECUTE ON FUNCTION workspaces_with_releases FROM PUBLIC;
GRANT EXECUTE ON FUNCTION workspaces_with_releases TO ${runtimeRole};
