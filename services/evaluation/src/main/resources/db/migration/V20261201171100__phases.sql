-- Projection of phase.changed: whether a variant with an index may be judged yet.
CREATE TABLE phase (
  workspace_id uuid NOT NULL,
  application text NOT NULL,
  phase text NOT NULL,
  state text NOT NULL,
  missing_evidence jsonb NOT NULL,
  version bigint NOT NULL,
  PRIMARY KEY (workspace_id, application, phase)
);
SELECT isolate('phase');
SELECT append_only_except('phase', 'state', 'missing_evidence', 'version');
SELECT forwards_only('phase', 'version');
