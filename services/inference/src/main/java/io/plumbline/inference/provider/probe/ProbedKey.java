package io.plumbline.inference.provider.probe;

/** The result of a probe for the API key of a connection. */
enum ProbedKey {
  ACCEPTED,
  REFUSED,
  /** The server requires a key, and none is stored. */
  MISSING,
  /** No key is stored, and a call was answered without one. */
  NOT_NEEDED,
  /** No answer of the server showed whether the key is valid. */
  NOT_CHECKED
}
