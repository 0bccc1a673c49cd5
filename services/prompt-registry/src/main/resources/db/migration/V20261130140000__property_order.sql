-- jsonb sorts the names of properties, whose order a model follows when it writes an answer. json keeps the text as it
-- was written. What was sorted before stays so, and its digest with it.
ALTER TABLE prompt_version ALTER COLUMN content TYPE json USING content::json;
