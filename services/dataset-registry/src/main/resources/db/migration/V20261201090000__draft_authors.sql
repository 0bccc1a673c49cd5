-- Who added the items of the draft that a version was made of; the items themselves leave the draft. Versions from
-- before this was kept have no rows.
CREATE TABLE draft_author (
  workspace_id uuid NOT NULL,
  dataset text NOT NULL,
  number int NOT NULL,
  author text NOT NULL,
  PRIMARY KEY (workspace_id, dataset, number, author),
  FOREIGN KEY (workspace_id, dataset, number) REFERENCES dataset_version (workspace_id, dataset, number)
);
SELECT isolate('draft_author');
SELECT append_only('draft_author');

CREATE INDEX dataset_version_rows ON dataset_version (workspace_id, rows_digest);
