package io.plumbline.inference.variant;

import io.plumbline.inference.enduser.SessionField;
import io.plumbline.prompttemplate.content.PromptContent;
import io.plumbline.prompttemplate.content.Violation;
import io.plumbline.prompttemplate.rendering.Conversation;
import io.plumbline.prompttemplate.rendering.ParsedConversation;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Applies a variant's caller policy to a call: each field is sent on, overridden by the variant, or
 * refused by name.
 */
final class CallerRules {

  private static final String MESSAGES = RequestField.MESSAGES.wireName();

  private final Variant variant;
  private final PromptContent prompt;
  private final CallerPolicy policy;

  CallerRules(Variant variant, PromptContent prompt) {
    this.variant = variant;
    this.prompt = prompt;
    this.policy = variant.callerPolicy();
  }

  /**
   * Decides about each field of a call.
   *
   * @param call an OpenAI chat request whose {@code model} is the variant
   * @throws InvalidCall naming what the variant does not take
   */
  GovernedCall applyCallerPolicy(ObjectNode call) {
    ObjectNode body = call.objectNode();
    Set<String> ignored = new TreeSet<>();
    for (Map.Entry<String, JsonNode> field : call.properties()) {
      String name = field.getKey();
      if (isUnset(field.getValue())) {
        continue;
      }
      if (RequestField.find(name)
          .map(known -> honours(known, field.getValue()))
          .orElseGet(() -> requireExtensionAllowed(name))) {
        body.set(name, field.getValue());
      } else if (!isSession(name, field.getValue())) {
        ignored.add(name);
      }
    }
    if (body.has(MESSAGES)) {
      Conversation conversation = parseConversation(body.path(MESSAGES));
      MessageRules.ofVariant(policy, hasTools(prompt.parameters()))
          .checkMessages(conversation.messages());
      ArrayNode messages = body.putArray(MESSAGES);
      conversation.messages().forEach(messages::add);
    }
    return new GovernedCall(body, List.copyOf(ignored), isRepeatable(body));
  }

  /** Returns whether a field holds the session alone, which the trace of the call keeps. */
  private static boolean isSession(String name, JsonNode value) {
    return name.equals(RequestField.METADATA.wireName()) && SessionField.isOnlyMember(value);
  }

  /** Returns whether a client left a field unset: some write null, or an empty list of tools. */
  private static boolean isUnset(JsonNode value) {
    return value.isNull() || (value.isArray() && value.isEmpty());
  }

  private boolean honours(RequestField field, JsonNode value) {
    CallerPermission permission = field.permission();
    if (permission != null && policy.allows(permission)) {
      field.requireValid(value);
      return true;
    }
    return switch (field.treatment()) {
      case READ, HONOURED -> true;
      case OVERRIDDEN -> false;
      case LOWERED -> {
        field.requireValid(value);
        Integer limit = answerLimit();
        yield limit == null || value.asLong() <= limit;
      }
      case REFUSED -> throw refusedFieldException(field);
    };
  }

  private static InvalidCall refusedFieldException(RequestField field) {
    String omit =
        "The variant takes no %s from its callers: omit the field".formatted(field.wireName());
    CallerPermission permission = field.permission();
    if (permission == null) {
      return new InvalidCall(field.wireName(), omit + ".");
    }
    return new InvalidCall(
        field.wireName(),
        "%s, or call a variant whose caller policy allows %s."
            .formatted(omit, permission.wireName()));
  }

  /**
   * Returns the limit of an answer in tokens: that of the variant, else that of its prompt; absent
   * without one.
   */
  private @Nullable Integer answerLimit() {
    Integer own = variant.parameters().maxCompletionTokens();
    if (own != null) {
      return own;
    }
    return Stream.of(RequestField.MAX_COMPLETION_TOKENS, RequestField.MAX_TOKENS)
        .map(field -> prompt.parameters().path(field.wireName()))
        .filter(JsonNode::isNumber)
        .map(JsonNode::asInt)
        .min(Integer::compare)
        .orElse(null);
  }

  private boolean requireExtensionAllowed(String name) {
    if (!policy.allows(CallerPermission.EXTENSIONS)) {
      throw new InvalidCall(
          name,
          "%s is not a field that the variant takes: omit it, or call a variant whose caller policy allows extensions."
              .formatted(name));
    }
    // A model in this process has no fields of its own.
    return variant.connection() != null;
  }

  private static Conversation parseConversation(JsonNode messages) {
    return switch (Conversation.parse(messages)) {
      case Conversation conversation -> conversation;
      case ParsedConversation.Malformed malformed ->
          throw violationsException(malformed.violations());
    };
  }

  /** Returns the refusal of a call, which names the fields as an OpenAI request has them. */
  static InvalidCall violationsException(List<Violation> violations) {
    boolean conversation = violations.getFirst().pointer().startsWith("/conversation");
    return new InvalidCall(
        conversation ? MESSAGES : RequestField.PLUMBLINE_VARIABLES.wireName(),
        String.join("; ", violations.stream().map(CallerRules::sentence).toList()) + ".");
  }

  private static String sentence(Violation violation) {
    return fieldPlace(violation.pointer()) + " " + violation.detail();
  }

  private static String fieldPlace(String pointer) {
    if (pointer.startsWith("/conversation")) {
      return MESSAGES + pointer.substring("/conversation".length());
    }
    if (pointer.startsWith("/variables")) {
      return RequestField.PLUMBLINE_VARIABLES.wireName() + pointer.substring("/variables".length());
    }
    return "with these values, the prompt's " + pointer;
  }

  /**
   * Returns whether the same call gets the same answer every time. A model that samples, or whose
   * answer leads to a tool call, is called each time. An allowed temperature of the caller comes
   * before that of the variant, and that before the prompt's. Where none is sent, the model may
   * sample.
   */
  private boolean isRepeatable(ObjectNode body) {
    if (hasTools(prompt.parameters())
        || hasTools(body)
        || body.path(MESSAGES).valueStream().anyMatch(CallerRules::concernsTools)) {
      return false;
    }
    if (variant.parameters().omitsTemperature() && !body.has("temperature")) {
      return false;
    }
    double own =
        Objects.requireNonNullElseGet(
            variant.parameters().temperature(),
            () -> prompt.parameters().path("temperature").asDouble(0));
    return body.path("temperature").asDouble(own) == 0;
  }

  private static boolean concernsTools(JsonNode message) {
    return message.has("tool_calls") || message.has("function_call") || message.has("tool_call_id");
  }

  private static boolean hasTools(JsonNode request) {
    return !request.path("tools").isEmpty() || !request.path("functions").isEmpty();
  }
}
