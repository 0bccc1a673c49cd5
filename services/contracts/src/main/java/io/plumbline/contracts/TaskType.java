package io.plumbline.contracts;

/** What kind of answer an application asks of a model. */
public enum TaskType {
  CLASSIFICATION,
  EXTRACTION,
  QUESTION_ANSWERING,
  SUMMARIZATION,
  GENERATION
}
