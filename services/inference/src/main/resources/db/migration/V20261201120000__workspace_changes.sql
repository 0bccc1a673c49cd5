-- The changes of the tables that replicas keep in memory. Each replica reads those that became visible since it last
-- read. The transaction of a change is kept, so that a change which commits late is not overlooked. Rows are shared by
-- all workspaces, because one query reads them for all, and name nothing but a workspace and a table.
CREATE TABLE workspace_change (
  xid xid8 NOT NULL DEFAULT pg_current_xact_id(),
  workspace uuid NOT NULL,
  relation text NOT NULL,
  changed_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  PRIMARY KEY (xid, workspace, relation)
);
CREATE INDEX workspace_change_age ON workspace_change (changed_at);
REVOKE UPDATE ON workspace_change FROM ${runtimeRole};

-- A trigger notes a change, so that nobody can forget to: neither an older version of the service that runs beside
-- this one, nor a correction by hand.
CREATE FUNCTION note_workspace_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO public.workspace_change (workspace, relation)
  VALUES (coalesce(NEW.workspace_id, OLD.workspace_id), TG_TABLE_NAME) ON CONFLICT DO NOTHING;
  RETURN NULL;
END $$;

CREATE TRIGGER note_change AFTER INSERT OR UPDATE OR DELETE ON provider
  FOR EACH ROW EXECUTE FUNCTION note_workspace_change();
CREATE TRIGGER note_change AFTER INSERT OR UPDATE OR DELETE ON open_connection
  FOR EACH ROW EXECUTE FUNCTION note_workspace_change();
CREATE TRIGGER note_change AFTER INSERT OR UPDATE OR DELETE ON base_model_projection
  FOR EACH ROW EXECUTE FUNCTION note_workspace_change();
CREATE TRIGGER note_change AFTER INSERT OR UPDATE OR DELETE ON model_version_projection
  FOR EACH ROW EXECUTE FUNCTION note_workspace_change();
CREATE TRIGGER note_change AFTER INSERT OR UPDATE OR DELETE ON release
  FOR EACH ROW EXECUTE FUNCTION note_workspace_change();
CREATE TRIGGER note_change AFTER INSERT OR UPDATE OR DELETE ON trace_policy
  FOR EACH ROW EXECUTE FUNCTION note_workspace_change();
-- Batches of an index that is being built change its other columns.
CREATE TRIGGER note_change AFTER INSERT OR UPDATE OF index_digest OR DELETE ON index_version
  FOR EACH ROW EXECUTE FUNCTION note_workspace_change();
