package io.plumbline.datasetregistry.row;

import io.plumbline.prompttemplate.content.ToolName;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** The rules that the members of a conversation share. */
final class ChatFields {

  /** Characters of the ids that tie a result to its call, and of the names of participants. */
  static final int MAX_ID = 200;

  private static final int SHOWN = 40;

  private ChatFields() {}

  static void onlyKnown(JsonNode object, Set<String> known, String at) throws LineFault {
    for (String name : object.propertyNames()) {
      if (!known.contains(name)) {
        throw new LineFault(
            RowProblem.Code.WRONG_TYPE,
            at + "." + shown(name),
            "is not known; known are " + known.stream().sorted().toList(),
            "Omit it, or put it into metadata");
      }
    }
  }

  /** A member's name as faults show it: it may be of any length. */
  static String shown(String name) {
    return name.length() > SHOWN ? name.substring(0, SHOWN) + "…" : name;
  }

  static void requireToolName(JsonNode holder, String at) throws LineFault {
    if (!ToolName.isOf(holder)) {
      throw new LineFault(
          RowProblem.Code.WRONG_TYPE,
          at + ".name",
          "is not the name of a tool",
          "Write 1 to 64 letters, digits, underscores and hyphens");
    }
  }

  /** Where the member is there, it must be a short text. */
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
