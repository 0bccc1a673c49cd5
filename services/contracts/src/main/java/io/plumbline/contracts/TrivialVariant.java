package io.plumbline.contracts;

/** A variant without any skill, which criteria have to be out of reach for. */
public enum TrivialVariant {
  /** Answers nothing. */
  ALWAYS_ABSTAINS,
  /** Answers everything, with whatever text. */
  NEVER_ABSTAINS,
  /** Answers everything with the label that most of the items have. */
  COMMONEST_LABEL
}
