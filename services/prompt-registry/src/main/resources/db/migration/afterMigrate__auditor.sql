-- Tables whose rows are recomputed from the log.
SELECT show_to_auditor(
  'known_workspace', 'label', 'prompt', 'prompt_author', 'prompt_version');
