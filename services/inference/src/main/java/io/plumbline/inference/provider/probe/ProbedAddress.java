package io.plumbline.inference.provider.probe;

/** The result of a probe for the base URL of a connection. */
enum ProbedAddress {
  /** The server answered the list of models or a call there. */
  CORRECT,
  /** The server answers below a version, such as {@code /v1}, which the base URL lacks. */
  VERSION_MISSING,
  /** The base URL ends in an operation, which each call appends once more. */
  ENDS_IN_OPERATION,
  /** The server has no list of models there: the address is wrong, or the server has no list. */
  NOT_FOUND,
  /** No answer of the server showed whether the base URL is correct. */
  NOT_CHECKED
}
