-- A model has no price until a second person has approved the first one.
ALTER TABLE base_model_projection
  ALTER COLUMN input_per_million DROP NOT NULL,
  ALTER COLUMN output_per_million DROP NOT NULL,
  ALTER COLUMN currency DROP NOT NULL;
