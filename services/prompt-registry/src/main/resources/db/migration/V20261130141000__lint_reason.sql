-- Why a version was published although the linter found errors; null where it found none, or was not asked yet.
ALTER TABLE prompt_version ADD COLUMN lint_reason text;
