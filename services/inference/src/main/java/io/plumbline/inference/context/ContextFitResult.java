package io.plumbline.inference.context;

import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/** The result of checking a request against a context window. */
public sealed interface ContextFitResult {

  /** Returns the counts, for the trace. */
  Map<String, String> details();

  /**
   * The request fits.
   *
   * @param dropped the number of the caller's messages that were dropped
   */
  record Fits(ObjectNode request, int dropped, Map<String, String> details)
      implements ContextFitResult {

    /** Returns the result for a request that is not checked and is sent as it is. */
    public static Fits unchanged(ObjectNode request) {
      return new Fits(request, 0, Map.of());
    }
  }

  /**
   * The request does not fit.
   *
   * @param message the error message, with the counts
   */
  record TooLong(Fault fault, String message, Map<String, String> details)
      implements ContextFitResult {}

  /** The part that makes a request too long. */
  enum Fault {
    /** The caller's messages. */
    CALLER,
    /**
     * The room for the answer: with it, even a request without the caller's messages is too long.
     */
    ANSWER,
    /** The variant's own part, which is too long even with the shortest answer. */
    VARIANT
  }
}
