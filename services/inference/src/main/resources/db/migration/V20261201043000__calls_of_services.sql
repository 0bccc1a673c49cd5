-- Whether a service of the platform made the call, as evaluation does; absent for calls from before.
ALTER TABLE trace ADD COLUMN service boolean;
