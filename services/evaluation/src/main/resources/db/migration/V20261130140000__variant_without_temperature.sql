-- Whether a variant's model is sent no temperature: then equal questions may get different answers, and none is reused.
ALTER TABLE variant ADD COLUMN without_temperature boolean NOT NULL DEFAULT false;
