package io.plumbline.inference.retrieval;

import tools.jackson.databind.JsonNode;

/**
 * The variable of a prompt where the passages go, which retrieval fills and never the caller. A
 * prompt without it gets them as a message of its own.
 */
public final class PassagesVariable {

  public static final String NAME = "passages";

  private PassagesVariable() {}

  /**
   * @param variables of a prompt, as their JSON Schema
   */
  public static boolean isIn(JsonNode variables) {
    return variables.path("properties").path(NAME).path("type").asString("").equals("string");
  }

  /**
   * @param variables of a prompt, as their JSON Schema
   */
  public static boolean isRequiredBy(JsonNode variables) {
    return isIn(variables)
        && variables
            .path("required")
            .valueStream()
            .anyMatch(name -> name.asString("").equals(NAME));
  }
}
