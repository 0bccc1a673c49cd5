-- The authors of the dataset version; null where the event is from before it named them.
ALTER TABLE split ADD COLUMN authors text[];
