package io.plumbline.datasetregistry.dataset;

/** The kind of a dataset's rows: texts, with a label each when it is CLASSIFICATION. */
public enum DatasetKind {
  CLASSIFICATION,
  CORPUS
}
