-- By itself: in the transaction of a column, nobody would read traces while the index is built.
CREATE INDEX trace_by_time ON trace (workspace_id, started_at, status);
