-- Which response formats a connection's server takes: json_schema, json_object (with a schema in it) or none. Part of
-- the connection's digest unless it is json_schema, which all connections had before.
ALTER TABLE connection ADD COLUMN response_formats text NOT NULL DEFAULT 'json_schema';

-- What the provider's server said of a failure: one line, bounded, masked. It may quote what was asked, so that it is
-- kept and deleted as contents are; of a call without other contents it is in a row whose contents are NONE.
ALTER TABLE trace_content ADD COLUMN provider_message text;
