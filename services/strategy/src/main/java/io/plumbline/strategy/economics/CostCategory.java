package io.plumbline.strategy.economics;

/** The lines of a cost model; every approach has every line, with zero if it does not apply. */
public enum CostCategory {
  API_CALLS,
  HOSTING,
  TRAINING_COMPUTE,
  DATA_PREPARATION,
  EVALUATION,
  PEOPLE,
  PROMPT_UPKEEP,
  RETRAINING,
  SCALING,
  STORAGE,
  ROLLBACK
}
