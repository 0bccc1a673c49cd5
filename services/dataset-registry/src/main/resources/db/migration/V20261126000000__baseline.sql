CREATE TABLE dataset (
  workspace_id uuid NOT NULL,
  id uuid NOT NULL,
  name text NOT NULL,
  kind text NOT NULL,
  description text NOT NULL,
  licence text NOT NULL,
  legal_basis text NOT NULL,
  text_column text,
  label_column text,
  labels jsonb NOT NULL,
  latest_version int NOT NULL,
  created_by text NOT NULL,
  created_at timestamptz NOT NULL,
  version bigint NOT NULL,
  PRIMARY KEY (workspace_id, id),
  UNIQUE (workspace_id, name)
);
SELECT isolate('dataset');
-- What people describe changes, each time with an event; which columns are read does not.
SELECT append_only_except('dataset', 'description', 'licence', 'legal_basis', 'latest_version', 'version');

CREATE TABLE dataset_version (
  workspace_id uuid NOT NULL,
  id uuid NOT NULL,
  dataset text NOT NULL,
  number int NOT NULL,
  state text NOT NULL,
  format text NOT NULL,
  source_digest text NOT NULL,
  source_bytes bigint NOT NULL,
  derived_from int,
  masked_kinds jsonb NOT NULL,
  rows bigint NOT NULL,
  rows_digest text,
  version_digest text,
  report_digest text,
  report jsonb,
  problems jsonb NOT NULL,
  job_id uuid,
  created_by text NOT NULL,
  created_at timestamptz NOT NULL,
  published_at timestamptz,
  version bigint NOT NULL,
  PRIMARY KEY (workspace_id, id),
  UNIQUE (workspace_id, dataset, number),
  FOREIGN KEY (workspace_id, dataset) REFERENCES dataset (workspace_id, name)
);
CREATE INDEX dataset_version_digest ON dataset_version (workspace_id, version_digest);
SELECT isolate('dataset_version');
-- Its job adds the content once; what is published or failed is final.
SELECT append_only_except('dataset_version', 'state', 'rows', 'rows_digest', 'version_digest', 'report_digest',
  'report', 'problems', 'published_at', 'version');
SELECT final_unless('dataset_version', 'INGESTING');

CREATE TABLE finding (
  workspace_id uuid NOT NULL,
  version_id uuid NOT NULL,
  seq int NOT NULL,
  kind text NOT NULL,
  row_number bigint NOT NULL,
  item_id text NOT NULL,
  detail jsonb NOT NULL,
  PRIMARY KEY (workspace_id, version_id, seq),
  FOREIGN KEY (workspace_id, version_id) REFERENCES dataset_version (workspace_id, id)
);
CREATE INDEX finding_kind ON finding (workspace_id, version_id, kind, seq);
SELECT isolate('finding');
SELECT append_only('finding');

-- Single items that are to become a version. What happens to them is recorded by events; they themselves come and go.
CREATE TABLE draft_item (
  workspace_id uuid NOT NULL,
  id uuid NOT NULL,
  dataset text NOT NULL,
  item_id text NOT NULL,
  line text NOT NULL,
  added_by text NOT NULL,
  added_at timestamptz NOT NULL,
  PRIMARY KEY (workspace_id, id),
  UNIQUE (workspace_id, dataset, item_id),
  FOREIGN KEY (workspace_id, dataset) REFERENCES dataset (workspace_id, name)
);
SELECT isolate('draft_item');
REVOKE UPDATE, TRUNCATE ON draft_item FROM ${runtimeRole};

-- Uploads that arrive in parts. They are no evidence: what became of one is said by the events of its version.
CREATE TABLE resumable_upload (
  workspace_id uuid NOT NULL,
  id uuid NOT NULL,
  dataset text NOT NULL,
  format text NOT NULL,
  gzip boolean NOT NULL,
  length bigint NOT NULL,
  stored bigint NOT NULL,
  version int,
  created_by text NOT NULL,
  created_at timestamptz NOT NULL,
  expires_at timestamptz NOT NULL,
  PRIMARY KEY (workspace_id, id),
  FOREIGN KEY (workspace_id, dataset) REFERENCES dataset (workspace_id, name)
);
CREATE INDEX resumable_upload_expiry ON resumable_upload (workspace_id, expires_at);
SELECT isolate('resumable_upload');
REVOKE UPDATE, TRUNCATE ON resumable_upload FROM ${runtimeRole};
GRANT UPDATE (stored, version, expires_at) ON resumable_upload TO ${runtimeRole};

CREATE TABLE upload_part (
  workspace_id uuid NOT NULL,
  upload_id uuid NOT NULL,
  start bigint NOT NULL,
  part_id uuid NOT NULL,
  PRIMARY KEY (workspace_id, upload_id, start),
  FOREIGN KEY (workspace_id, upload_id) REFERENCES resumable_upload (workspace_id, id)
);
SELECT isolate('upload_part');
REVOKE UPDATE, TRUNCATE ON upload_part FROM ${runtimeRole};

CREATE TABLE split (
  workspace_id uuid NOT NULL,
  id uuid NOT NULL,
  dataset text NOT NULL,
  number int NOT NULL,
  state text NOT NULL,
  recipe jsonb NOT NULL,
  split_digest text,
  subsets jsonb NOT NULL,
  dropped jsonb NOT NULL,
  leakage bigint NOT NULL,
  leaks jsonb NOT NULL,
  error text,
  job_id uuid,
  created_by text NOT NULL,
  created_at timestamptz NOT NULL,
  published_at timestamptz,
  version bigint NOT NULL,
  PRIMARY KEY (workspace_id, id),
  FOREIGN KEY (workspace_id, dataset, number) REFERENCES dataset_version (workspace_id, dataset, number)
);
CREATE INDEX split_version ON split (workspace_id, dataset, number, id);
CREATE INDEX split_digest ON split (workspace_id, split_digest);
SELECT isolate('split');
SELECT append_only_except('split', 'state', 'split_digest', 'subsets', 'dropped', 'leakage', 'leaks', 'error',
  'published_at', 'version');
SELECT final_unless('split', 'SPLITTING');

-- Every decision about a version; the one with the highest revision holds.
CREATE TABLE admission (
  workspace_id uuid NOT NULL,
  dataset text NOT NULL,
  number int NOT NULL,
  revision int NOT NULL,
  outcome text NOT NULL,
  requested jsonb NOT NULL,
  purposes jsonb NOT NULL,
  reasons jsonb NOT NULL,
  policy_digest text,
  decided_by text NOT NULL,
  decided_at timestamptz NOT NULL,
  PRIMARY KEY (workspace_id, dataset, number, revision),
  FOREIGN KEY (workspace_id, dataset, number) REFERENCES dataset_version (workspace_id, dataset, number)
);
SELECT isolate('admission');
SELECT append_only('admission');

-- Projection of policy.activated for the target dataset-admission, which the gate reads.
CREATE TABLE admission_policy (
  workspace_id uuid NOT NULL,
  policy text NOT NULL,
  version int NOT NULL,
  source text NOT NULL,
  PRIMARY KEY (workspace_id, policy)
);
SELECT isolate('admission_policy');
SELECT append_only_except('admission_policy', 'version', 'source');
SELECT forwards_only('admission_policy', 'version');

-- Projection of what other services made of subsets, and of that: from indexes and trainings to releases.
CREATE TABLE lineage_node (
  workspace_id uuid NOT NULL,
  kind text NOT NULL,
  id text NOT NULL,
  resource text NOT NULL,
  name text NOT NULL,
  version int,
  application text,
  state text,
  changed_at timestamptz NOT NULL,
  revision bigint NOT NULL,
  PRIMARY KEY (workspace_id, id, kind, resource)
);
SELECT isolate('lineage_node');
SELECT append_only_except('lineage_node', 'state', 'changed_at', 'revision');
SELECT forwards_only('lineage_node', 'revision');

-- What a node was made of, whether that is known yet or not.
CREATE TABLE lineage_edge (
  workspace_id uuid NOT NULL,
  kind text NOT NULL,
  id text NOT NULL,
  source_kind text NOT NULL,
  source_id text NOT NULL,
  PRIMARY KEY (workspace_id, id, kind, source_id, source_kind)
);
CREATE INDEX lineage_edge_source ON lineage_edge (workspace_id, source_id, source_kind);
SELECT isolate('lineage_edge');
SELECT append_only('lineage_edge');
