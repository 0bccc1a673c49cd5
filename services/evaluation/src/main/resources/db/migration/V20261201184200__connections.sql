-- The versions of connections to providers' models: the servers at their addresses see what is sent to these models.
CREATE TABLE connection (
  workspace_id uuid NOT NULL,
  connection_digest text NOT NULL,
  provider text NOT NULL,
  origin text NOT NULL,
  created_by text NOT NULL,
  PRIMARY KEY (workspace_id, connection_digest)
);
SELECT isolate('connection');
SELECT append_only('connection');
