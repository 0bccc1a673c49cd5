package io.plumbline.datasetregistry.admission;

/** The purposes that a version can be admitted to. */
public enum Purpose {
  TRAIN,
  INDEX,
  EVALUATE
}
