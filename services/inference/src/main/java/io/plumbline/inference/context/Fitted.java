package io.plumbline.inference.context;

import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/** What came of holding a request against a context window. */
public sealed interface Fitted {

  /** For the trace. */
  Map<String, String> details();

  /**
   * It fits.
   *
   * @param dropped messages of the caller that are not in the request any more
   */
  record Fits(ObjectNode request, int dropped, Map<String, String> details) implements Fitted {

    /** What is sent as it is. */
    public static Fits whole(ObjectNode request) {
      return new Fits(request, 0, Map.of());
    }
  }

  /**
   * It does not fit.
   *
   * @param message with the counts
   */
  record TooLong(Fault fault, String message, Map<String, String> details) implements Fitted {}

  /** What makes it too long. */
  enum Fault {
    /** The caller's messages. */
    CALLER,
    /** The room for the answer, even without the caller's messages. */
    ANSWER,
    /** The rest, even without the caller's messages and with the shortest answer. */
    VARIANT
  }
}
