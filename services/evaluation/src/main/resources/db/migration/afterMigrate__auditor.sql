-- Tables whose rows are recomputed from the log.
SELECT show_to_auditor(
  'admission', 'application', 'baseline', 'canary_comparison', 'canary_plan', 'connection', 'criteria',
  'declared_tuned_model', 'index_connection', 'known_workspace', 'model_price', 'model_version', 'phase',
  'retrieval_index', 'run', 'split', 'suite', 'suite_opening', 'training_job', 'variant', 'verdict');
