-- Tables whose rows are recomputed from the log.
SELECT show_to_auditor(
  'baseline', 'comparison', 'criteria', 'dataset_version', 'declared_tuned_model', 'known_workspace', 'phase',
  'release', 'run', 'split', 'suite', 'training_job', 'trivial_scores', 'tuned_model', 'variant', 'verdict', 'waiver');
