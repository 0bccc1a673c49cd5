-- Whether a key reads the prompts of its applications.
ALTER TABLE api_key ADD COLUMN prompts boolean NOT NULL DEFAULT false;

DROP FUNCTION find_api_key;
CREATE FUNCTION find_api_key(wanted uuid)
RETURNS TABLE (workspace_id uuid, name text, secret_mac bytea, all_applications boolean, applications jsonb,
               models jsonb, expires_at timestamptz, revoked boolean, prompts boolean)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = '' AS $$
  SELECT k.workspace_id, k.name, k.secret_mac, k.all_applications, k.applications, k.models, k.expires_at,
    k.revoked_at IS NOT NULL, k.prompts
  FROM public.api_key k WHERE k.api_key_id = wanted
$$;
REVOKE EXECUTE ON FUNCTION find_api_key FROM PUBLIC;
GRANT EXECUTE ON FUNCTION find_api_key TO ${runtimeRole};
