-- An empty path finds the temporary types of a caller first.
ALTER FUNCTION workspaces_with_unreported_usage SET search_path = pg_catalog, pg_temp;
ALTER FUNCTION find_api_key SET search_path = pg_catalog, pg_temp;
ALTER FUNCTION revoked_api_keys SET search_path = pg_catalog, pg_temp;

-- The others did what they do with the names of the schema public, where they now write it out.
CREATE OR REPLACE FUNCTION create_trace_day(wanted date) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  parent text;
  child text;
BEGIN
  IF wanted > (now() AT TIME ZONE 'UTC')::date + 2 THEN
    RAISE EXCEPTION '% is more than two days ahead', wanted;
  END IF;
  PERFORM pg_advisory_xact_lock(hashtextextended('trace_day', 0));
  FOREACH parent IN ARRAY ARRAY['trace', 'trace_content', 'usage_record'] LOOP
    child := parent || '_' || to_char(wanted, 'YYYYMMDD');
    IF to_regclass('public.' || child) IS NULL THEN
      EXECUTE format('CREATE TABLE public.%I PARTITION OF public.%I FOR VALUES FROM (%L) TO (%L)',
        child, parent, wanted, wanted + 1);
      EXECUTE format('REVOKE ALL ON public.%I FROM ${runtimeRole}', child);
      PERFORM public.isolate(('public.' || child)::regclass);
      IF parent <> 'trace_content' THEN
        PERFORM public.append_only(('public.' || child)::regclass);
      END IF;
    END IF;
  END LOOP;
END $$;

CREATE OR REPLACE FUNCTION drop_trace_days(before date) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  child regclass;
BEGIN
  IF before > (now() AT TIME ZONE 'UTC')::date - 30 THEN
    RAISE EXCEPTION 'traces are kept for 30 days at least';
  END IF;
  PERFORM pg_advisory_xact_lock(hashtextextended('trace_day', 0));
  FOR child IN
    SELECT inhrelid::regclass FROM pg_inherits JOIN pg_class ON pg_class.oid = inhrelid
    WHERE inhparent IN ('public.trace'::regclass, 'public.trace_content'::regclass, 'public.usage_record'::regclass)
      AND right(relname, 8) < to_char(before, 'YYYYMMDD')
  LOOP
    EXECUTE format('DROP TABLE %s', child);
  END LOOP;
END $$;

CREATE OR REPLACE FUNCTION expire_trace_contents() RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  past date;
  age integer;
  today date := (now() AT TIME ZONE 'UTC')::date;
BEGIN
  FOR past IN
    SELECT to_date(right(relname, 8), 'YYYYMMDD') FROM pg_inherits JOIN pg_class ON pg_class.oid = inhrelid
    WHERE inhparent = 'public.trace_content'::regclass
  LOOP
    age := today - past;
    DELETE FROM public.trace_content WHERE day = past
      AND workspace_id IN (SELECT workspace_id FROM public.trace_policy WHERE retention_days < age);
    IF age > 30 THEN
      DELETE FROM public.trace_content WHERE day = past
        AND workspace_id NOT IN (SELECT workspace_id FROM public.trace_policy WHERE retention_days >= age);
    END IF;
  END LOOP;
  UPDATE public.feedback SET correction = NULL, correction_contents = NULL
  WHERE correction IS NOT NULL
    -- The shortest of all times first: by it the index finds the few rows that may be past theirs.
    AND answered_on < today - (SELECT least(30, coalesce(min(retention_days), 30)) FROM public.trace_policy)
    AND answered_on < today - coalesce(
    (SELECT p.retention_days FROM public.trace_policy p WHERE p.workspace_id = feedback.workspace_id), 30);
END $$;
