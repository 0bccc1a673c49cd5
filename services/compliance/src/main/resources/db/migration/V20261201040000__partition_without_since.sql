-- Nothing reads when a partition was first seen; its generation tells the order.
-- It fails, and is tried again, rather than stopping the ledger of a running process behind a verification or a
-- backup that reads the table.
SET LOCAL lock_timeout = '5s';
ALTER TABLE ledger_partition DROP COLUMN since;
