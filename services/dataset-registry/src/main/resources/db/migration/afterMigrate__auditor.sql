-- Tables whose rows are recomputed from the log.
SELECT show_to_auditor(
  'admission', 'admission_policy', 'dataset_version', 'known_workspace', 'split');
