-- The role ledger_auditor verifies the evidence, and may read these tables in all workspaces. The function is called at
-- the end of each migration, because the role may be created later than the tables. Without it nothing is granted.
CREATE FUNCTION show_to_auditor(VARIADIC targets regclass[]) RETURNS void LANGUAGE plpgsql SET search_path = '' AS $$
DECLARE
  target regclass;
BEGIN
  IF NOT EXISTS (SELECT FROM pg_catalog.pg_roles WHERE rolname = 'ledger_auditor') THEN
    RETURN;
  END IF;
  GRANT USAGE ON SCHEMA public TO ledger_auditor;
  -- An event among the dead letters has no row yet.
  GRANT SELECT (workspace_id, event_id) ON public.dead_letter TO ledger_auditor;
  FOREACH target IN ARRAY targets LOOP
    EXECUTE pg_catalog.format('GRANT SELECT ON %s TO ledger_auditor', target);
    IF NOT EXISTS (SELECT FROM pg_catalog.pg_policy WHERE polrelid = target AND polname = 'auditor') THEN
      EXECUTE pg_catalog.format('CREATE POLICY auditor ON %s FOR SELECT TO ledger_auditor USING (true)', target);
    END IF;
  END LOOP;
END $$;
REVOKE EXECUTE ON FUNCTION show_to_auditor(regclass[]) FROM PUBLIC;
