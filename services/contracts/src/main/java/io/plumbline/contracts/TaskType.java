package io.plumbline.contracts;

/** The kind of answer that an application needs from a model. */
public enum TaskType {
  CLASSIFICATION,
  EXTRACTION,
  QUESTION_ANSWERING,
  SUMMARIZATION,
  GENERATION
}
