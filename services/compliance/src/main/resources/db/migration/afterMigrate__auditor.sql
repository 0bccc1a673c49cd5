-- Tables whose rows are recomputed from the log.
SELECT show_to_auditor(
  'approval', 'audit_application', 'audit_entry', 'known_workspace', 'policy');
