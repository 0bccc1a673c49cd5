package io.plumbline.inference.provider.probe;

/** The result of a probe for the API key of a connection. */
enum ProbedKey {
  ACCEPTED,
  REFUSED,
  /** The server wants a key, and none is stored. */
  MISSING,
  /** None is stored, and a call was answered without one. */
  NOT_NEEDED,
  /** The server answers without a key as well, or gave no answer that shows it. */
  NOT_CHECKED
}
