package io.plumbline.datasetregistry.projection;

/** The kinds of objects in the lineage of data, in order from subsets to releases. */
public enum LineageKind {
  /** A subset of a split, which identifies its rows. */
  SUBSET,
  INDEX,
  TRAINING_JOB,
  SUITE,
  PROMPT_VERSION,
  MODEL_VERSION,
  VARIANT,
  RELEASE
}
