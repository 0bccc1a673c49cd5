-- Tables whose rows are recomputed from the log.
SELECT show_to_auditor(
  'admission', 'application', 'base_model', 'dataset_version', 'known_workspace', 'phase', 'split');
