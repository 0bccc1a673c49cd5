-- Of the requests those that are traffic: evaluation and its judges are none. Absent for what was reported before they
-- were told apart, all of which counts.
ALTER TABLE usage ADD COLUMN traffic_requests bigint;
