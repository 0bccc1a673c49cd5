-- Whom an application made a call for, and in which of its sessions; absent where the call did not say, and of calls
-- from before. user_hash: HMAC of the user under a key of the installation. session_id: masked and bounded.
ALTER TABLE trace ADD COLUMN user_hash text, ADD COLUMN session_id text;
