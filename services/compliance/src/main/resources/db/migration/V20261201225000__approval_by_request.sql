-- The verification looks for the approval of each release that serves.
CREATE INDEX approval_request ON approval (workspace_id, request_id);
