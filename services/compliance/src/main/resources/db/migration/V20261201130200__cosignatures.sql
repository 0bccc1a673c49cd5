-- The largest head that each witness cosigned. The line is verified by the key of the witness, which is not in this
-- database: a row that was made up convinces nobody.
CREATE TABLE ledger_cosignature (
  witness text PRIMARY KEY,
  tree_size bigint NOT NULL,
  line text NOT NULL,
  received_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
CREATE TRIGGER never_smaller BEFORE UPDATE ON ledger_cosignature FOR EACH ROW EXECUTE FUNCTION refuse_smaller_head();
REVOKE DELETE, TRUNCATE ON ledger_cosignature FROM ${runtimeRole};
