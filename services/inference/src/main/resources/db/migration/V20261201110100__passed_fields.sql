-- The fields beyond the OpenAI API that a connection passes on for calls of its models without a variant. Part of the
-- connection's digest unless there is none, as in all connections before.
ALTER TABLE connection ADD COLUMN passed_fields jsonb NOT NULL DEFAULT '[]';
