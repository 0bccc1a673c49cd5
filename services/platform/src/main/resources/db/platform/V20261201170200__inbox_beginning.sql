-- Since when the inbox has recorded what was received, which only the owner of the schema knows. Once it has forgotten
-- events, an event that is older than its memory may have had its effect before.
CREATE TABLE inbox_beginning (
  one boolean PRIMARY KEY DEFAULT true CHECK (one),
  at timestamptz NOT NULL
);
INSERT INTO inbox_beginning (at) SELECT coalesce(min(installed_on), now()) FROM flyway_schema_history;
REVOKE INSERT, UPDATE, DELETE, TRUNCATE ON inbox_beginning FROM ${runtimeRole};
