-- Of the requests those that are traffic of an application: they called it, or came with an API key.
ALTER TABLE usage_minute ADD COLUMN traffic_requests bigint NOT NULL DEFAULT 0;
