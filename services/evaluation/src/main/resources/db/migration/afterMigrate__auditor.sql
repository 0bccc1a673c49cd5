-- Tables whose rows are recomputed from the log.
SELECT show_to_auditor(
  'admission', 'application', 'baseline', 'criteria', 'model_version', 'retrieval_index', 'split', 'suite',
  'training_job', 'variant', 'verdict');
