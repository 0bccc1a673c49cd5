-- The administrative events of the identity provider that became entries of the ledger, each once: the row and the
-- event in the outbox are written in one transaction, whichever replica does it.
CREATE TABLE identity_event (
  event_id text PRIMARY KEY,
  occurred_at timestamptz NOT NULL
);
SELECT append_only('identity_event');

-- How far the events were read, and what was last said about that. They belong to no workspace. One row.
CREATE TABLE identity_reading (
  one boolean PRIMARY KEY DEFAULT true CHECK (one),
  state text CHECK (state IN ('RECORDED', 'OFF')),
  reason text,
  changed_at timestamptz,
  newest_millis bigint NOT NULL DEFAULT 0,
  newest_id text,
  read_at timestamptz
);
INSERT INTO identity_reading DEFAULT VALUES;
REVOKE INSERT, DELETE, TRUNCATE ON identity_reading FROM ${runtimeRole};
