-- The public keys that verified the signatures of events: kept when they are retired, for the entries they signed.
CREATE TABLE ledger_author_key (
  service text NOT NULL,
  key_id text NOT NULL,
  public_key text NOT NULL,
  since timestamptz NOT NULL DEFAULT clock_timestamp(),
  PRIMARY KEY (service, key_id)
);
SELECT append_only('ledger_author_key');
