CREATE TABLE prompt (
  workspace_id uuid NOT NULL,
  id uuid NOT NULL,
  name text NOT NULL,
  description text NOT NULL,
  tags text[] NOT NULL,
  owner text NOT NULL,
  created_at timestamptz NOT NULL,
  latest_version int NOT NULL,
  label_moves int NOT NULL,
  tag_text text NOT NULL,
  latest_text text NOT NULL,
  search_vector tsvector NOT NULL GENERATED ALWAYS AS
    (to_tsvector('simple'::regconfig,
      name || ' ' || description || ' ' || tag_text || ' ' || latest_text)) STORED,
  version bigint NOT NULL,
  PRIMARY KEY (workspace_id, id),
  UNIQUE (workspace_id, name)
);
SELECT isolate('prompt');
-- Its versions are known by its name, so name and origin stay; search_vector follows from the others.
SELECT append_only_except('prompt', 'description', 'tags', 'latest_version', 'label_moves', 'tag_text', 'latest_text',
  'search_vector', 'version');
CREATE INDEX prompt_search ON prompt USING gin (search_vector);
CREATE INDEX prompt_tags ON prompt USING gin (tags);

CREATE TABLE prompt_version (
  workspace_id uuid NOT NULL,
  prompt_id uuid NOT NULL,
  version int NOT NULL,
  digest text NOT NULL,
  parent_version int,
  parent_digest text,
  author text NOT NULL,
  message text NOT NULL,
  content jsonb NOT NULL,
  created_at timestamptz NOT NULL,
  PRIMARY KEY (workspace_id, prompt_id, version),
  FOREIGN KEY (workspace_id, prompt_id) REFERENCES prompt
);
SELECT isolate('prompt_version');
CREATE INDEX prompt_version_digest ON prompt_version (workspace_id, digest);
SELECT append_only('prompt_version');

-- What a version includes. What is included was published before, so that following the rows ends.
CREATE TABLE prompt_inclusion (
  workspace_id uuid NOT NULL,
  prompt_id uuid NOT NULL,
  version int NOT NULL,
  name text NOT NULL,
  included_id uuid NOT NULL,
  included_version int NOT NULL,
  digest text NOT NULL,
  label text,
  PRIMARY KEY (workspace_id, prompt_id, version, name),
  FOREIGN KEY (workspace_id, prompt_id, version) REFERENCES prompt_version,
  FOREIGN KEY (workspace_id, included_id, included_version) REFERENCES prompt_version
);
SELECT isolate('prompt_inclusion');
SELECT append_only('prompt_inclusion');
CREATE INDEX prompt_inclusion_included ON prompt_inclusion (workspace_id, included_id, included_version);

CREATE TABLE label (
  workspace_id uuid NOT NULL,
  prompt_id uuid NOT NULL,
  name text NOT NULL,
  version int NOT NULL,
  digest text NOT NULL,
  moved_at timestamptz NOT NULL,
  moved_by text NOT NULL,
  PRIMARY KEY (workspace_id, prompt_id, name),
  FOREIGN KEY (workspace_id, prompt_id, version) REFERENCES prompt_version
);
SELECT isolate('label');
SELECT append_only_except('label', 'version', 'digest', 'moved_at', 'moved_by');

CREATE TABLE label_move (
  workspace_id uuid NOT NULL,
  id uuid NOT NULL,
  prompt_id uuid NOT NULL,
  label text NOT NULL,
  from_version int,
  to_version int NOT NULL,
  digest text NOT NULL,
  state text NOT NULL,
  author text NOT NULL,
  requester text NOT NULL,
  requested_at timestamptz NOT NULL,
  decided_by text,
  decided_at timestamptz,
  approval_id uuid,
  reason text,
  PRIMARY KEY (workspace_id, id),
  FOREIGN KEY (workspace_id, prompt_id, to_version) REFERENCES prompt_version
);
SELECT isolate('label_move');
-- What was requested never changes, and what was decided is final.
SELECT append_only_except('label_move', 'state', 'decided_by', 'decided_at', 'approval_id', 'reason');
SELECT final_unless('label_move', 'REQUESTED');
CREATE INDEX label_move_history ON label_move (workspace_id, prompt_id, label, id);

-- Full-text and array operators are not leak-proof, so under a policy their indexes would go unused.
-- The function runs as the owner, who may read the two tables, reads only the caller's workspace, and sets its own
-- search path.
CREATE POLICY search ON prompt FOR SELECT TO CURRENT_USER USING (true);
CREATE POLICY search ON label FOR SELECT TO CURRENT_USER USING (true);
CREATE FUNCTION search_prompts(query text, wanted_tag text, after_name text, page_size int,
                               count_limit int)
RETURNS TABLE (name text, description text, tags text[], owner text, created_at timestamptz,
               latest_version int, version bigint, labels jsonb, counted bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = '' AS $$
  WITH matching AS MATERIALIZED (
    SELECT p.id, p.name FROM public.prompt p
    WHERE p.workspace_id = nullif(pg_catalog.current_setting('plumbline.workspace', true), '')::uuid
      AND (query IS NULL OR p.search_vector @@ pg_catalog.to_tsquery('pg_catalog.simple', query))
      AND (wanted_tag IS NULL OR p.tags @> ARRAY[wanted_tag])
  ), page AS (
    SELECT m.id FROM matching m WHERE after_name IS NULL OR m.name > after_name ORDER BY m.name LIMIT page_size
  )
  SELECT p.name, p.description, p.tags, p.owner, p.created_at, p.latest_version, p.version,
    (SELECT coalesce(pg_catalog.jsonb_object_agg(l.name, l.version), '{}') FROM public.label l
      WHERE l.workspace_id = p.workspace_id AND l.prompt_id = p.id),
    (SELECT pg_catalog.count(*) FROM (SELECT 1 FROM matching LIMIT count_limit) limited)
  FROM page JOIN public.prompt p ON p.id = page.id
    AND p.workspace_id = nullif(pg_catalog.current_setting('plumbline.workspace', true), '')::uuid
  ORDER BY p.name
$$;
REVOKE EXECUTE ON FUNCTION search_prompts FROM PUBLIC;
GRANT EXECUTE ON FUNCTION search_prompts TO ${runtimeRole};
