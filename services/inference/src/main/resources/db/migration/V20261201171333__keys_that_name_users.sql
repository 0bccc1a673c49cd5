-- Whether the users that a key names count as callers of their own in the comparison of a canary.
ALTER TABLE api_key ADD COLUMN names_users boolean NOT NULL DEFAULT false;

DROP FUNCTION find_api_key;
CREATE FUNCTION find_api_key(wanted uuid)
RETURNS TABLE (workspace_id uuid, name text, secret_mac bytea, all_applications boolean, applications jsonb,
               models jsonb, expires_at timestamptz, revoked boolean, prompts boolean, names_users boolean)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT k.workspace_id, k.name, k.secret_mac, k.all_applications, k.applications, k.models, k.expires_at,
    k.revoked_at IS NOT NULL, k.prompts, k.names_users
  FROM public.api_key k WHERE k.api_key_id = wanted
$$;
REVOKE EXECUTE ON FUNCTION find_api_key FROM PUBLIC;
GRANT EXECUTE ON FUNCTION find_api_key TO ${runtimeRole};
