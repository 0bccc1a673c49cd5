-- Tables whose rows are recomputed from the log.
SELECT show_to_auditor(
  'admission', 'dataset_version', 'split');
