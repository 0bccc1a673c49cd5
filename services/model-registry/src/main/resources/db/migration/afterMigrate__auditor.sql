-- Tables whose rows are recomputed from the log.
SELECT show_to_auditor(
  'alias', 'base_model', 'criteria', 'halted_canary', 'known_workspace', 'model', 'model_version', 'price_proposal',
  'training_job', 'tuning_statement', 'variant', 'verdict');
