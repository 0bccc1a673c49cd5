package io.plumbline.e2e.client;

import java.util.ArrayList;
import java.util.List;

/** A client of the OpenAI API. */
interface Chat {

  /** A picture of one pixel. */
  String PNG =
      "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJg"
          + "gg==";

  /** The order that the tool is asked for, and what it says. */
  String ORDER = "in Leeds";

  /**
   * The result of a call.
   *
   * @param text the text of the answer, or of the refusal
   * @param parts the number of parts of the answer
   */
  record Reply(boolean refused, String text, int parts) {

    static Reply of(String text) {
      return new Reply(false, text, 1);
    }

    static Reply inParts(List<String> parts) {
      return new Reply(false, String.join("", parts), parts.size());
    }

    /** Returns a refusal in all words of the client. */
    static Reply refusal(Throwable failure) {
      List<String> words = new ArrayList<>();
      for (Throwable each = failure; each != null; each = each.getCause()) {
        words.add(each.toString());
      }
      return new Reply(true, String.join("; ", words), 0);
    }
  }

  /**
   * Uses a feature in the client's own way.
   *
   * @param model the model to call
   */
  Reply use(Feature feature, String model) throws Exception;
}
