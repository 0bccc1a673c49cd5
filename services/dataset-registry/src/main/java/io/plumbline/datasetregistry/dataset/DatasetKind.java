package io.plumbline.datasetregistry.dataset;

/** The kind of a dataset's items. */
public enum DatasetKind {
  /** Texts, each with its label. */
  CLASSIFICATION,
  /** Conversations up to the answer that is wanted, with the expectations of that answer. */
  CHAT,
  /** Questions about documents, with their answers and the passages that contain them. */
  QUESTION_ANSWER,
  /** Conversations with a better and a worse answer. */
  PREFERENCE,
  /** Documents that questions are answered from. */
  DOCUMENTS
}
