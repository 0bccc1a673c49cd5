-- Those that wait for approval are counted when another is requested.
CREATE INDEX criteria_proposal_requested ON criteria_proposal (workspace_id, requester) WHERE state = 'REQUESTED';
