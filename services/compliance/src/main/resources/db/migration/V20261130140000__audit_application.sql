-- The applications that an entry concerns, by what it says or by what the request says that it decides. It has a
-- progress of its own, so that the entries of before are found too.
CREATE TABLE audit_application (
  workspace_id uuid NOT NULL,
  application text NOT NULL,
  idx bigint NOT NULL,
  event_id text NOT NULL,
  PRIMARY KEY (workspace_id, application, idx)
);
CREATE INDEX audit_application_event ON audit_application (workspace_id, event_id);
SELECT isolate('audit_application');
SELECT append_only('audit_application');

CREATE TABLE audit_application_progress (
  one boolean PRIMARY KEY DEFAULT true CHECK (one),
  next_idx bigint NOT NULL
);
INSERT INTO audit_application_progress (next_idx) VALUES (0);
REVOKE INSERT, DELETE, TRUNCATE ON audit_application_progress FROM ${runtimeRole};
CREATE TRIGGER forwards BEFORE UPDATE ON audit_application_progress FOR EACH ROW WHEN (NEW.next_idx < OLD.next_idx)
  EXECUTE FUNCTION refuse_going_back();
