package io.plumbline.inference.abstention;

import io.plumbline.contracts.InferenceEvent.VariantAbstention;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import tools.jackson.databind.JsonNode;

/**
 * A field of a JSON answer by which the model says that it has no answer.
 *
 * @param name the name of the field, at the answer's top level
 * @param value the value that declares an abstention, as text, such as {@code false}
 */
public record AbstentionField(
    @NotBlank @Size(max = 200) String name, @NotNull @Size(max = 2_000) String value) {

  boolean declaresAbstention(JsonNode answer) {
    JsonNode found = answer.path(name);
    return found.isValueNode() && found.asString("null").equals(value);
  }

  VariantAbstention.Field toEvent() {
    return new VariantAbstention.Field(name, value);
  }
}
