-- Every connection of a provider is told of under an id of its own.
ALTER TABLE provider ADD COLUMN id uuid NOT NULL DEFAULT gen_random_uuid();
ALTER TABLE provider ALTER COLUMN id DROP DEFAULT;

-- Why an index will never be built: it outlives the job that says so.
ALTER TABLE index_version ADD COLUMN failure text;
