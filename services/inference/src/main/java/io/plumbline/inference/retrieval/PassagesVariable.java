package io.plumbline.inference.retrieval;

import tools.jackson.databind.JsonNode;

/**
 * The variable of a prompt that receives the passages. Retrieval fills it, never the caller. For a
 * prompt without it, the passages are a message of their own.
 */
public final class PassagesVariable {

  public static final String NAME = "passages";

  private PassagesVariable() {}

  /**
   * Returns whether a prompt has the variable.
   *
   * @param variables the JSON Schema of the variables of the prompt
   */
  public static boolean isIn(JsonNode variables) {
    return variables.path("properties").path(NAME).path("type").asString("").equals("string");
  }

  /**
   * Returns whether a prompt requires the variable.
   *
   * @param variables the JSON Schema of the variables of the prompt
   */
  public static boolean isRequiredBy(JsonNode variables) {
    return isIn(variables)
        && variables
            .path("required")
            .valueStream()
            .anyMatch(name -> name.asString("").equals(NAME));
  }
}
