package io.plumbline.contracts;

/** A variant without any skill, which must not be able to meet criteria. */
public enum TrivialVariant {
  /** Answers nothing. */
  ALWAYS_ABSTAINS,
  /** Answers everything, with any text. */
  NEVER_ABSTAINS,
  /** Answers everything with the label that most of the items have. */
  COMMONEST_LABEL
}
