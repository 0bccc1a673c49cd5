-- The ids of events that became entries keep a second reading from publishing them again. Events are read again only
-- while they are new, so older ids may go.
DROP TRIGGER append_only ON identity_event;
CREATE TRIGGER append_only BEFORE UPDATE OR TRUNCATE ON identity_event
  FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();
CREATE TRIGGER kept_for_a_month BEFORE DELETE ON identity_event
  FOR EACH ROW WHEN (OLD.occurred_at > now() - interval '30 days') EXECUTE FUNCTION public.refuse_change();
GRANT DELETE ON identity_event TO ${runtimeRole};
CREATE INDEX identity_event_age ON identity_event (occurred_at);
