package io.plumbline.inference.provider.probe;

/** The result of a probe for the API key of a connection. */
enum ProbedKey {
  ACCEPTED,
  REFUSED,
  /** The server requires a key, and none is stored. */
  MISSING,
  /** No key is stored, and a call was answered without one. */
  NOT_NEEDED,
  /** The server also answers without a key, or gave no answer from which it could be seen. */
  NOT_CHECKED
}
