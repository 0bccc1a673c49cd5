-- A request to open a suite expires, so a person may ask again. The older version inserts a row per person and suite
-- without naming this key.
ALTER TABLE suite_opening_request DROP CONSTRAINT suite_opening_request_pkey,
  ADD PRIMARY KEY (workspace_id, suite_digest, requested_by, requested_at);
