-- Whether the call belongs to a sealed evaluation run, so that nobody may see its trace; absent for calls from before.
ALTER TABLE trace ADD COLUMN sealed boolean;
