-- The days for which traces are kept, whatever the service asks for. Only the owner of the schema changes them.
CREATE TABLE trace_retention (
  one boolean PRIMARY KEY DEFAULT true CHECK (one),
  days int NOT NULL DEFAULT 365 CHECK (days >= 30)
);
INSERT INTO trace_retention DEFAULT VALUES;
REVOKE ALL ON trace_retention FROM ${runtimeRole};

-- A day of the past gets its partition while a journal may still hold traces of it.
CREATE OR REPLACE FUNCTION create_trace_day(wanted date) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  today date := (now() AT TIME ZONE 'UTC')::date;
  parent text;
  child text;
BEGIN
  IF wanted > today + 2 THEN
    RAISE EXCEPTION '% is more than two days ahead', wanted;
  END IF;
  PERFORM pg_advisory_xact_lock(hashtextextended('trace_day', 0));
  FOREACH parent IN ARRAY ARRAY['trace', 'trace_content', 'usage_record'] LOOP
    child := parent || '_' || to_char(wanted, 'YYYYMMDD');
    IF to_regclass('public.' || child) IS NULL THEN
      IF wanted < today - 30 THEN
        RAISE EXCEPTION '% is more than 30 days ago', wanted USING ERRCODE = 'check_violation';
      END IF;
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

-- The service may keep traces for longer than the owner, and never drops them earlier.
CREATE OR REPLACE FUNCTION drop_trace_days(before date) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  kept date := (SELECT (now() AT TIME ZONE 'UTC')::date - days FROM public.trace_retention);
  child regclass;
BEGIN
  PERFORM pg_advisory_xact_lock(hashtextextended('trace_day', 0));
  FOR child IN
    SELECT inhrelid::regclass FROM pg_inherits JOIN pg_class ON pg_class.oid = inhrelid
    WHERE inhparent IN ('public.trace'::regclass, 'public.trace_content'::regclass, 'public.usage_record'::regclass)
      AND right(relname, 8) < to_char(least(before, kept), 'YYYYMMDD')
  LOOP
    EXECUTE format('DROP TABLE %s', child);
  END LOOP;
END $$;
