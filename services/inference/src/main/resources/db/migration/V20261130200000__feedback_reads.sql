-- What feedback is found by, and what was sent. application, variant_digest: what answered, by the id of the response;
-- absent of a bare model. score: absent where only correct was sent. correction_contents: MASKED or FULL, as the policy
-- of the workspace kept the correction; absent of corrections from before, which were stored as they were sent.
-- answered_on: the day (UTC) of the request, with whose contents the correction ends.
ALTER TABLE feedback
  ADD COLUMN application text,
  ADD COLUMN score double precision CHECK (score BETWEEN 0 AND 1),
  ADD COLUMN correction_contents text,
  ADD COLUMN answered_on date;

DROP TRIGGER append_only ON feedback;
DROP TRIGGER never_emptied ON feedback;
ALTER TABLE feedback NO FORCE ROW LEVEL SECURITY;
ALTER TABLE release NO FORCE ROW LEVEL SECURITY;
ALTER TABLE variant NO FORCE ROW LEVEL SECURITY;
-- The day of older rows is not known: their corrections were made on it or later.
UPDATE feedback SET answered_on = (created_at AT TIME ZONE 'UTC')::date;
UPDATE feedback SET application = release.application,
  variant_digest = CASE WHEN feedback.arm = 'control' THEN former.variant_digest ELSE release.variant_digest END
FROM release LEFT JOIN release AS former
  ON (former.workspace_id, former.release_id) = (release.workspace_id, release.previous_release_id)
WHERE (release.workspace_id, release.release_id) = (feedback.workspace_id, feedback.release_id);
UPDATE feedback SET application = variant.application
FROM variant
WHERE feedback.release_id IS NULL
  AND (variant.workspace_id, variant.variant_digest) = (feedback.workspace_id, feedback.variant_digest);
-- Stored against the policy of their workspace.
UPDATE feedback SET correction = NULL
FROM trace_policy
WHERE trace_policy.workspace_id = feedback.workspace_id AND trace_policy.contents = 'NONE';
ALTER TABLE variant FORCE ROW LEVEL SECURITY;
ALTER TABLE release FORCE ROW LEVEL SECURITY;
ALTER TABLE feedback FORCE ROW LEVEL SECURITY;

-- The default is for a replica of the former release, which inserts without it while it is replaced.
ALTER TABLE feedback
  ALTER COLUMN answered_on SET DEFAULT (now() AT TIME ZONE 'UTC')::date,
  ALTER COLUMN answered_on SET NOT NULL;
-- Who gave it may correct it; whose answer it judges never changes.
SELECT append_only_except('feedback', 'correct', 'score', 'correction', 'correction_contents', 'created_at');
CREATE INDEX feedback_by_time ON feedback (workspace_id, created_at, response_id, created_by, metric);
CREATE INDEX feedback_by_application ON feedback (workspace_id, application, created_at);
CREATE INDEX feedback_with_correction ON feedback (answered_on) WHERE correction IS NOT NULL;

-- For what the owner of the table does below and in expire_trace_contents().
CREATE POLICY retention ON feedback TO CURRENT_USER USING (true);

-- The names of metrics by which an application is judged, since their number is bounded. application: empty for bare
-- models.
CREATE TABLE feedback_metric (
  workspace_id uuid NOT NULL,
  application text NOT NULL,
  metric text NOT NULL,
  PRIMARY KEY (workspace_id, application, metric)
);
INSERT INTO feedback_metric
  SELECT DISTINCT workspace_id, coalesce(application, ''), metric FROM feedback WHERE metric <> 'correctness';
SELECT isolate('feedback_metric');
SELECT append_only('feedback_metric');

-- A correction ends when the contents of its trace end.
CREATE OR REPLACE FUNCTION expire_trace_contents() RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  past date;
  age integer;
  today date := (now() AT TIME ZONE 'UTC')::date;
BEGIN
  FOR past IN
    SELECT to_date(right(relname, 8), 'YYYYMMDD') FROM pg_inherits JOIN pg_class ON pg_class.oid = inhrelid
    WHERE inhparent = 'trace_content'::regclass
  LOOP
    age := today - past;
    DELETE FROM trace_content WHERE day = past
      AND workspace_id IN (SELECT workspace_id FROM trace_policy WHERE retention_days < age);
    IF age > 30 THEN
      DELETE FROM trace_content WHERE day = past
        AND workspace_id NOT IN (SELECT workspace_id FROM trace_policy WHERE retention_days >= age);
    END IF;
  END LOOP;
  UPDATE feedback SET correction = NULL, correction_contents = NULL
  WHERE correction IS NOT NULL
    -- The shortest of all times first: by it the index finds the few rows that may be past theirs.
    AND answered_on < today - (SELECT least(30, coalesce(min(retention_days), 30)) FROM trace_policy)
    AND answered_on < today - coalesce(
    (SELECT retention_days FROM trace_policy WHERE trace_policy.workspace_id = feedback.workspace_id), 30);
END $$;
