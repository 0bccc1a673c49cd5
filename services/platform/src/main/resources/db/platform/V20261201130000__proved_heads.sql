-- The last head that is proved to continue every one before it. A head over fewer entries, or over as many with another
-- root, replaces it only after a loss that an operator accepted; such losses are counted.
ALTER TABLE received_head
  ADD COLUMN origin text,
  ADD COLUMN successions jsonb,
  ADD COLUMN losses integer NOT NULL DEFAULT 0;

CREATE FUNCTION refuse_other_head() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.losses NOT IN (OLD.losses, OLD.losses + 1) OR NEW.losses = OLD.losses AND (NEW.tree_size < OLD.tree_size
      OR NEW.tree_size = OLD.tree_size AND NEW.root <> OLD.root) THEN
    RAISE EXCEPTION '% covers % entries and cannot go back to %', TG_TABLE_NAME, OLD.tree_size, NEW.tree_size
      USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN NEW;
END $$;
DROP TRIGGER never_smaller ON received_head;
CREATE TRIGGER never_another BEFORE UPDATE ON received_head FOR EACH ROW EXECUTE FUNCTION refuse_other_head();
