package io.plumbline.contracts;

/** What kind of answer an application needs from a model. */
public enum TaskType {
  CLASSIFICATION,
  EXTRACTION,
  QUESTION_ANSWERING,
  SUMMARIZATION,
  GENERATION
}
