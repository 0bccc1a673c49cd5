package io.plumbline.datasetregistry.projection;

/** What stands in the lineage of data, from the data to what answers. */
public enum LineageKind {
  /** Of a split, by which one knows its rows. */
  SUBSET,
  INDEX,
  TRAINING_JOB,
  SUITE,
  PROMPT_VERSION,
  MODEL_VERSION,
  VARIANT,
  RELEASE
}
