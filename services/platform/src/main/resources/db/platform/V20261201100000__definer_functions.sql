-- Functions that run as the owner find names in pg_catalog alone. An empty path would not do: the temporary tables and
-- types of a caller come first unless the path names them last. Nobody makes any, either.
DO $$
BEGIN
  EXECUTE format('REVOKE TEMPORARY ON DATABASE %I FROM PUBLIC', current_database());
END $$;

-- A function is for whom its migration grants it to.
ALTER DEFAULT PRIVILEGES REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;

-- As before, but for the schema of the trigger's function: functions of the owner call it, too.
CREATE OR REPLACE FUNCTION append_only(target regclass) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE format('REVOKE UPDATE, DELETE, TRUNCATE ON %s FROM ${runtimeRole}', target);
  EXECUTE format(
    'CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON %s
     FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change()', target);
END $$;
