-- An empty path finds the temporary types of a caller first.
ALTER FUNCTION search_prompts SET search_path = pg_catalog, pg_temp;
