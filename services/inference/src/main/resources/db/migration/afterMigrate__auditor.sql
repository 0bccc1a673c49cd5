-- Tables whose rows are recomputed from the log.
SELECT show_to_auditor(
  'admission_projection', 'application_projection', 'base_model_projection', 'canary_comparison', 'connection',
  'criteria_projection', 'index_version', 'known_workspace', 'model_version_projection', 'policy_projection',
  'prompt_author_projection', 'prompt_projection', 'release', 'split_projection', 'variant', 'verdict_projection');

-- What API keys open, without what their secrets are verified by.
DO $$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'ledger_auditor') THEN
    RETURN;
  END IF;
  GRANT SELECT (workspace_id, api_key_id, name, all_applications, applications, models, prompts, names_users,
    expires_at, revocation_reason, revoked_at) ON api_key TO ledger_auditor;
  IF NOT EXISTS (SELECT FROM pg_policy WHERE polrelid = 'api_key'::regclass AND polname = 'auditor') THEN
    CREATE POLICY auditor ON api_key FOR SELECT TO ledger_auditor USING (true);
  END IF;
END $$;
