-- The last verification of the ledger from inside the service, which everybody reads, and the job that makes the next
-- one. It is no evidence: an auditor runs the verifier outside of the service. One row.
CREATE TABLE ledger_verification (
  one boolean PRIMARY KEY DEFAULT true CHECK (one),
  job_id uuid,
  result jsonb,
  verified_at timestamptz
);
INSERT INTO ledger_verification DEFAULT VALUES;
REVOKE INSERT, DELETE, TRUNCATE ON ledger_verification FROM ${runtimeRole};
