-- The price by which verdicts are judged again, or will be by a job: a listing that changes without it judges none.
CREATE TABLE judged_price (
  workspace_id uuid NOT NULL,
  model text NOT NULL,
  price jsonb NOT NULL,
  PRIMARY KEY (workspace_id, model)
);
SELECT isolate('judged_price');
SELECT append_only_except('judged_price', 'price');
