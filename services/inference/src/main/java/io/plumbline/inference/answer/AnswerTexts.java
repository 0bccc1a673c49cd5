package io.plumbline.inference.answer;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/**
 * The texts of an answer's choices. Those of a stream are collected once, for all who read them
 * when a choice or the stream ends, and have one bound together: 2 MiB of memory, and at most twice
 * that while they grow.
 */
public final class AnswerTexts {

  /** The most characters of all choices together; a text that has no room is cut. */
  public static final int MAX_CHARACTERS = 1024 * 1024;

  /** The most choices of an answer, which are more than a call may ask for. */
  public static final int MAX_CHOICES = 128;

  /** The text of a choice. */
  public static final class Choice {

    private final StringBuilder text = new StringBuilder();
    private boolean callsOrRefuses;
    private boolean cut;

    private Choice() {}

    public String text() {
      return text.toString();
    }

    int length() {
      return text.length();
    }

    /** Returns whether the choice calls a tool or refuses instead of answering. */
    boolean callsOrRefuses() {
      return callsOrRefuses;
    }

    /** Returns whether a part of the text is missing, because there was no room for it. */
    boolean isCut() {
      return cut;
    }
  }

  private final SortedMap<Integer, Choice> choices = new TreeMap<>();
  private int characters;
  private boolean tooMany;

  /** Adds a whole answer, or a chunk of a stream. */
  public void add(JsonNode answer) {
    for (JsonNode each : answer.path("choices").values()) {
      int index = each.path("index").asInt(0);
      if (index < 0 || index >= MAX_CHOICES) {
        tooMany = true;
      } else {
        addTo(choices.computeIfAbsent(index, _ -> new Choice()), each);
      }
    }
  }

  private void addTo(Choice choice, JsonNode part) {
    JsonNode said = part.has("delta") ? part.path("delta") : part.path("message");
    choice.callsOrRefuses |=
        !said.path("tool_calls").isEmpty()
            || said.path("function_call").isObject()
            || said.path("refusal").isString();
    String text = said.path("content").asString("");
    if (text.length() > MAX_CHARACTERS - characters) {
      choice.cut = true;
    } else {
      characters += text.length();
      choice.text.append(text);
    }
  }

  /** Returns the choices by their index. */
  SortedMap<Integer, Choice> choices() {
    return Collections.unmodifiableSortedMap(choices);
  }

  /** Returns whether there were choices with other numbers than an answer may have. */
  boolean hasTooManyChoices() {
    return tooMany;
  }
}
