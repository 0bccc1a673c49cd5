package io.plumbline.inference.local;

import io.plumbline.inference.UnsupportedRequest;
import io.plumbline.localmodels.extract.NumberedPassage;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/**
 * A chat request in the form of a question about passages.
 *
 * @param question the last user message
 * @param passages the passages, in their order
 */
record ReaderRequest(String question, List<NumberedPassage> passages) {

  /** The first line of a passage. */
  private static final Pattern HEAD = Pattern.compile("(?m)^\\[(\\d{1,4})] ?(.*)$");

  /** The escape that the composer puts into a document's line that looks like a first line. */
  private static final Pattern ESCAPED =
      Pattern.compile(
          "(?m)(^|[\\u000b\\f\\u001c-\\u001e])([\\h\\p{Cf}]*)"
              + "\\\\(?=\\\\*\\[[\\h\\p{Cf}]*\\p{Nd})");

  /**
   * Reads a chat request as a question about passages.
   *
   * @param model the name for error messages
   * @throws UnsupportedRequest naming what the model does not support, or what is missing
   */
  static ReaderRequest read(JsonNode request, String model) {
    LocalRequestChecks.requireTextOnly(request, model);
    LocalRequestChecks.requireOneAnswer(request, model + " gives one answer: omit n.");
    JsonNode format = request.path("response_format");
    if (LocalRequestChecks.isSet(format) && !format.path("type").asString("").equals("text")) {
      throw new UnsupportedRequest(
          "unsupported_response_format",
          "response_format",
          model + " quotes text: omit response_format, and call a prompt without one.");
    }
    if (request.path("logprobs").asBoolean(false)) {
      throw new UnsupportedRequest(
          "unsupported_parameter",
          "logprobs",
          model
              + " chooses no tokens: omit logprobs, and read plumbline.confidence of the answer.");
    }
    List<JsonNode> messages = request.path("messages").valueStream().toList();
    int last =
        LocalRequestChecks.lastUserMessageIndex(
            messages, "The question is the last user message: send at least one.");
    List<NumberedPassage> passages = passagesIn(messages.subList(0, last));
    if (passages.isEmpty()) {
      throw missingPassagesException(model);
    }
    return new ReaderRequest(LocalRequestChecks.messageText(messages.get(last), last), passages);
  }

  static UnsupportedRequest missingPassagesException(String model) {
    return new UnsupportedRequest(
        "missing_passages",
        "messages",
        ("%s answers with sentences of passages in the request, and there are none: call a variant"
                + " with an index of documents, or put passages into a system message, each under a"
                + " line [1] Title > Section, numbered from 1.")
            .formatted(model));
  }

  /**
   * Returns the passages of one message: the last system message that has any, else the last user
   * message that has any. So text that a user wrote earlier cannot pass for retrieved passages.
   */
  private static List<NumberedPassage> passagesIn(List<JsonNode> earlier) {
    for (List<String> roles : List.of(List.of("system", "developer"), List.of("user"))) {
      for (int i = earlier.size() - 1; i >= 0; i--) {
        if (roles.contains(earlier.get(i).path("role").asString(""))) {
          List<NumberedPassage> passages =
              passagesIn(LocalRequestChecks.messageText(earlier.get(i), i));
          if (!passages.isEmpty()) {
            return passages;
          }
        }
      }
    }
    return List.of();
  }

  /** Splits a message into passages. Only a line with the next number begins a passage. */
  private static List<NumberedPassage> passagesIn(String message) {
    List<NumberedPassage> passages = new ArrayList<>();
    Matcher head = HEAD.matcher(message);
    int start = -1;
    String heading = "";
    while (head.find()) {
      if (Integer.parseInt(head.group(1)) == passages.size() + (start < 0 ? 1 : 2)) {
        if (start >= 0) {
          passages.add(
              toPassage(passages.size() + 1, heading, message.substring(start, head.start())));
        }
        heading = head.group(2).strip();
        start = head.end();
      }
    }
    if (start >= 0) {
      passages.add(toPassage(passages.size() + 1, heading, message.substring(start)));
    }
    return passages;
  }

  private static NumberedPassage toPassage(int number, String heading, String text) {
    return new NumberedPassage(number, heading, ESCAPED.matcher(text).replaceAll("$1$2"));
  }
}
