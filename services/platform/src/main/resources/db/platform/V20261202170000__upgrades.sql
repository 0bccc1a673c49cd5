-- The upgrades of this schema that were completed, each by the newest migration of its build. A migration that is
-- interrupted leaves no row.
CREATE TABLE schema_upgrade (
  newest_migration text PRIMARY KEY,
  completed_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
REVOKE INSERT, UPDATE, DELETE, TRUNCATE ON schema_upgrade FROM ${runtimeRole};
-- At its start the service waits until the migrations of its build are applied.
GRANT SELECT ON flyway_schema_history TO ${runtimeRole};
