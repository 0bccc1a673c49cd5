-- By themselves: in the transaction of the columns, nobody would read traces while the indexes are built.
CREATE INDEX trace_by_user ON trace (workspace_id, user_hash, day, request_id) WHERE user_hash IS NOT NULL;
CREATE INDEX trace_by_session ON trace (workspace_id, session_id, day, request_id) WHERE session_id IS NOT NULL;
