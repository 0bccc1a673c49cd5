package io.plumbline.inference.provider.probe;

/** What a probe found out about the API key of a connection. */
enum ProbedKey {
  ACCEPTED,
  REFUSED,
  /** The server wants a key, and none is stored. */
  MISSING,
  /** None is stored, and a call was answered without one. */
  NOT_NEEDED,
  /** What was asked is answered without a key as well, or was not answered. */
  NOT_CHECKED
}
