-- The connections to the providers' models that embed the texts of indexes, and of each search in them.
CREATE TABLE index_connection (
  workspace_id uuid NOT NULL,
  index_digest text NOT NULL,
  connection_digest text NOT NULL,
  PRIMARY KEY (workspace_id, index_digest)
);
SELECT isolate('index_connection');
SELECT append_only('index_connection');
