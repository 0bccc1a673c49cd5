package io.plumbline.prompttemplate.content;

import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** The name of a tool, in the form that the OpenAI API takes. */
public final class ToolName {

  private static final Pattern FORM = Pattern.compile("[A-Za-z0-9_-]{1,64}");

  private ToolName() {}

  /** Returns whether a function has a valid name; a function without a name has none. */
  public static boolean hasValidName(JsonNode function) {
    return FORM.matcher(function.path("name").asString("")).matches();
  }
}
