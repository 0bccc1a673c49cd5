package io.plumbline.inference.bare;

import io.plumbline.inference.variant.InvalidCall;
import io.plumbline.inference.variant.MessageRules;
import io.plumbline.inference.variant.RequestField;
import java.util.Collection;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The caller policy of models that are called without a variant. Their callers may send what the
 * OpenAI API has, within the bounds that hold for the callers of variants. A field that it does not
 * have is refused by name, unless the connection lists it: nobody knows what such a field makes a
 * server do.
 */
public final class BareModelRules {

  /** The parts and fields of messages in the OpenAI API that a variant has to allow its callers. */
  private static final Set<String> OF_MESSAGES = Set.of("input_audio", "file", "audio");

  private static final Set<String> OF_EMBEDDINGS =
      Set.of(
          "input",
          "model",
          "encoding_format",
          "dimensions",
          "user",
          "safety_identifier",
          "metadata");

  private final Set<String> passed;

  /**
   * Creates the rules of a model.
   *
   * @param passed the names that the model's connection passes on; empty for a model without one
   */
  public BareModelRules(Collection<String> passed) {
    this.passed = Set.copyOf(passed);
  }

  /**
   * Checks a chat request.
   *
   * @throws InvalidCall naming the first field that the model does not take
   */
  public void checkChat(ObjectNode call) {
    for (String name : call.propertyNames()) {
      JsonNode value = call.path(name);
      RequestField.find(name)
          .ifPresentOrElse(
              known -> {
                if (!value.isNull()) {
                  known.requireValid(value);
                }
              },
              () -> requirePassed(name));
    }
    MessageRules.ofBareModel(name -> OF_MESSAGES.contains(name) || passed.contains(name))
        .checkMessages(call.path(RequestField.MESSAGES.wireName()).valueStream().toList());
  }

  /**
   * Checks a request for embeddings.
   *
   * @throws InvalidCall naming the first field that the model does not take
   */
  public void checkEmbedding(ObjectNode call) {
    call.propertyNames().stream()
        .filter(name -> !OF_EMBEDDINGS.contains(name))
        .forEach(this::requirePassed);
  }

  private void requirePassed(String name) {
    if (!passed.contains(name)) {
      throw new InvalidCall(
          name,
          ("%s is not a field that the model takes: omit it, or ask an administrator to list it in"
                  + " passedFields of the provider's connection.")
              .formatted(name));
    }
  }
}
