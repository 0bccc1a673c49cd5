-- The secret by which the keys of a canary's callers are divided into its arms.
ALTER TABLE release ADD COLUMN arm_secret uuid NOT NULL DEFAULT gen_random_uuid();
