package io.plumbline.datasetregistry.dataset;

/**
 * What a dataset's rows are. So far every kind is read as text with or without a label; a label
 * column is required of CLASSIFICATION.
 */
public enum DatasetKind {
  CLASSIFICATION,
  CORPUS
}
