-- The calls of a run besides the one of each question that counted, and how often it paused because the model's
-- server was away. Earlier runs recorded neither.
ALTER TABLE run ADD COLUMN retries integer NOT NULL DEFAULT 0;
ALTER TABLE run ADD COLUMN pauses integer NOT NULL DEFAULT 0;

DROP TRIGGER append_only ON run;
DROP TRIGGER never_emptied ON run;
SELECT append_only_except('run', 'finished_at', 'state', 'reason', 'failed', 'reused', 'figures', 'judging',
  'outputs_digest', 'cost_usd', 'retries', 'pauses');
