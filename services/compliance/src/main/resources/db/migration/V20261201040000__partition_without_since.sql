-- Nothing reads when a partition was first seen; its generation tells the order.
ALTER TABLE ledger_partition DROP COLUMN since;
