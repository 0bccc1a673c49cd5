-- How many rows of evidence each workspace has: policies show one workspace at a time, so nobody would see rows in one
-- that the log does not know. The function shows numbers alone; the owner, as whom it runs, may read what it counts.
CREATE POLICY verification ON audit_entry FOR SELECT TO CURRENT_USER USING (true);
CREATE POLICY verification ON approval FOR SELECT TO CURRENT_USER USING (true);
CREATE POLICY verification ON policy FOR SELECT TO CURRENT_USER USING (true);

CREATE FUNCTION evidence_rows(kind text, from_idx bigint) RETURNS TABLE (workspace uuid, number bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
  SELECT workspace_id, count(*) FROM audit_entry WHERE kind = 'audit_entry' AND idx >= from_idx GROUP BY workspace_id
  UNION ALL SELECT workspace_id, count(*) FROM approval WHERE kind = 'approval' GROUP BY workspace_id
  UNION ALL SELECT workspace_id, count(*) FROM policy WHERE kind = 'policy' GROUP BY workspace_id
$$;
