-- The author and the authors of the training data; null of versions from before they were kept.
ALTER TABLE model_version ADD COLUMN authors text[];
