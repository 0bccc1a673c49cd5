-- The processor on which inference answered, for information: nothing is decided by it.
ALTER TABLE run_item ADD COLUMN processor text;
