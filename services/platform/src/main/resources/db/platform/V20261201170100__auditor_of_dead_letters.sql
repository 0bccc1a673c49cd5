-- A dead letter is believed only if the log has the event that it names, so the auditor reads all that names it.
CREATE OR REPLACE FUNCTION show_to_auditor(VARIADIC targets regclass[]) RETURNS void LANGUAGE plpgsql
SET search_path = '' AS $$
DECLARE
  target regclass;
BEGIN
  IF NOT EXISTS (SELECT FROM pg_catalog.pg_roles WHERE rolname = 'ledger_auditor') THEN
    RETURN;
  END IF;
  GRANT USAGE ON SCHEMA public TO ledger_auditor;
  GRANT SELECT (workspace_id, source, event_id, type, key, refused) ON public.dead_letter TO ledger_auditor;
  FOREACH target IN ARRAY targets LOOP
    EXECUTE pg_catalog.format('GRANT SELECT ON %s TO ledger_auditor', target);
    IF NOT EXISTS (SELECT FROM pg_catalog.pg_policy WHERE polrelid = target AND polname = 'auditor') THEN
      EXECUTE pg_catalog.format('CREATE POLICY auditor ON %s FOR SELECT TO ledger_auditor USING (true)', target);
    END IF;
  END LOOP;
END $$;
