package io.plumbline.datasetregistry.row;

import io.plumbline.prompttemplate.content.ToolName;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** The checks that the readers of conversations, tools and documents share. */
final class ChatFields {

  /** The maximum characters of ids that link a result to its call, and of participants' names. */
  static final int MAX_ID = 200;

  private static final int MAX_SHOWN = 40;

  private ChatFields() {}

  static void requireKnownMembers(JsonNode object, Set<String> known, String at) throws LineFault {
    for (String name : object.propertyNames()) {
      if (!known.contains(name)) {
        throw new LineFault(
            RowProblem.Code.WRONG_TYPE,
            at + "." + shownName(name),
            "is not known; known are " + known.stream().sorted().toList(),
            "Omit it, or put it into metadata");
      }
    }
  }

  /** Returns a member's name as faults show it: cut to {@value #MAX_SHOWN} characters. */
  static String shownName(String name) {
    return name.length() > MAX_SHOWN ? name.substring(0, MAX_SHOWN) + "…" : name;
  }

  static void requireToolName(JsonNode holder, String at) throws LineFault {
    if (!ToolName.hasValidName(holder)) {
      throw new LineFault(
          RowProblem.Code.WRONG_TYPE,
          at + ".name",
          "is not the name of a tool",
          "Write 1 to 64 letters, digits, underscores and hyphens");
    }
  }

  /** Requires that a member is absent or a text of at most {@value #MAX_ID} characters. */
  static void requireId(JsonNode holder, String name, String at) throws LineFault {
    JsonNode id = holder.path(name);
    if (!id.isMissingNode() && !(id.isString() && id.asString().length() <= MAX_ID)) {
      throw new LineFault(
          RowProblem.Code.WRONG_TYPE,
          at + "." + name,
          "is not a text of at most " + MAX_ID + " characters",
          "Shorten it, or write it as a JSON string");
    }
  }

  static void requireString(JsonNode holder, String name, String at) throws LineFault {
    if (holder.has(name) && !holder.path(name).isString()) {
      throw new LineFault(
          RowProblem.Code.WRONG_TYPE,
          at + "." + name,
          "is not a text",
          "Write it as a JSON string");
    }
  }

  static void requireAtMost(int count, int most, String what, String at) throws LineFault {
    if (count > most) {
      throw new LineFault(
          RowProblem.Code.TOO_LARGE,
          at,
          "has %,d %s, more than %,d".formatted(count, what, most),
          "Remove some");
    }
  }
}
