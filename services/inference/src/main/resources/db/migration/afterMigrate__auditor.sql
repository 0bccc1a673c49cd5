-- Tables whose rows are recomputed from the log.
SELECT show_to_auditor(
  'admission_projection', 'application_projection', 'base_model_projection', 'connection',
  'criteria_projection', 'model_version_projection', 'policy_projection', 'prompt_projection', 'release',
  'split_projection', 'variant', 'verdict_projection');
