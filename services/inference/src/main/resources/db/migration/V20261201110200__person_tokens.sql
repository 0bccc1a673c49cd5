-- The tokens that providers counted for each person and day (UTC), added up in the transaction that stores the
-- requests.
CREATE TABLE person_tokens (
  workspace_id uuid NOT NULL,
  actor text NOT NULL,
  day date NOT NULL,
  tokens bigint NOT NULL,
  PRIMARY KEY (workspace_id, actor, day)
);
SELECT isolate('person_tokens');

-- The calls of people that are not stored yet, so that every replica counts them. The tokens are absent until a call
-- ends. The row goes when the request is stored.
CREATE TABLE person_call (
  workspace_id uuid NOT NULL,
  request_id uuid NOT NULL,
  actor text NOT NULL,
  day date NOT NULL,
  tokens bigint,
  PRIMARY KEY (workspace_id, request_id)
);
CREATE INDEX person_call_by_day ON person_call (workspace_id, actor, day);
SELECT isolate('person_call');
