-- The tables that have what follows from earlier events: those that the service consumed before it had the table.
CREATE TABLE filled_table (
  "table" text NOT NULL,
  event text NOT NULL,
  PRIMARY KEY ("table", event)
);
REVOKE UPDATE, DELETE, TRUNCATE ON filled_table FROM ${runtimeRole};
