package io.plumbline.datasetregistry.dataset;

/** The kind of a dataset's items. */
public enum DatasetKind {
  /** Texts, each with its label. */
  CLASSIFICATION,
  /** Texts. */
  CORPUS,
  /** Conversations up to the answer that is wanted, with what is expected of it. */
  CHAT
}
