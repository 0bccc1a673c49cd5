package io.plumbline.datasetregistry.admission;

/** What a version can be admitted to. */
public enum Purpose {
  TRAIN,
  INDEX,
  EVALUATE
}
