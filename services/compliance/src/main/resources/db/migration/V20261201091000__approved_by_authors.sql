-- The authors who approved a request that nobody else was left to decide.
ALTER TABLE approval ADD COLUMN approved_by_authors text[] NOT NULL DEFAULT '{}';
GRANT UPDATE (approved_by_authors) ON approval TO ${runtimeRole};
