CREATE TABLE risk (
  workspace_id uuid NOT NULL,
  name text NOT NULL,
  version bigint NOT NULL,
  title text NOT NULL,
  description text NOT NULL,
  approaches jsonb NOT NULL,
  inherent_likelihood int NOT NULL CHECK (inherent_likelihood BETWEEN 1 AND 5),
  inherent_impact int NOT NULL CHECK (inherent_impact BETWEEN 1 AND 5),
  residual_likelihood int NOT NULL CHECK (residual_likelihood BETWEEN 1 AND 5),
  residual_impact int NOT NULL CHECK (residual_impact BETWEEN 1 AND 5),
  mitigation text NOT NULL,
  signals jsonb NOT NULL,
  evidence jsonb NOT NULL,
  changed_by text NOT NULL,
  changed_at timestamptz NOT NULL,
  PRIMARY KEY (workspace_id, name)
);
SELECT isolate('risk');
