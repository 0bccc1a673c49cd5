-- A key that replaces another names it: by a statement signed with the former key, or, when that key was lost, by what
-- the operator stated.
ALTER TABLE ledger_key
  ADD COLUMN former_key_id text,
  ADD COLUMN signature text,
  ADD COLUMN statement text;

-- Each installation signs under an origin of its own. Older ones keep the first one.
ALTER TABLE ledger_head ADD COLUMN origin text NOT NULL DEFAULT 'plumbline/ledger';
ALTER TABLE ledger_fresh_head ADD COLUMN origin text NOT NULL DEFAULT 'plumbline/ledger';
