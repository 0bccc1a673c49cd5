-- The same rows are counted, but nobody else's tables of the same names, and not for everybody. It is created anew, so
-- that the rights that an installation gives by default, to the role of its auditors, hold for it.
DROP FUNCTION evidence_rows(text, bigint);
CREATE FUNCTION evidence_rows(kind text, from_idx bigint) RETURNS TABLE (workspace uuid, number bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT workspace_id, count(*) FROM public.audit_entry
  WHERE kind = 'audit_entry' AND idx >= from_idx GROUP BY workspace_id
  UNION ALL SELECT workspace_id, count(*) FROM public.approval WHERE kind = 'approval' GROUP BY workspace_id
  UNION ALL SELECT workspace_id, count(*) FROM public.policy WHERE kind = 'policy' GROUP BY workspace_id
$$;
REVOKE EXECUTE ON FUNCTION evidence_rows FROM PUBLIC;
GRANT EXECUTE ON FUNCTION evidence_rows TO ${runtimeRole};
