-- Whether a comparison is of runs over validation rows, which is no evidence.
ALTER TABLE comparison ADD COLUMN exploration boolean NOT NULL DEFAULT false;
