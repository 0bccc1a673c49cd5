package io.plumbline.inference.variant;

import io.plumbline.inference.enduser.SessionField;
import io.plumbline.inference.variant.RequestField.Treatment;
import io.plumbline.prompttemplate.content.PromptContent;
import io.plumbline.prompttemplate.content.Violation;
import io.plumbline.prompttemplate.rendering.Conversation;
import io.plumbline.prompttemplate.rendering.ParsedConversation;
import java.util.List;
import java.util.Map;
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

  /** Choices that a caller may ask for at once: each is generated and paid. */
  private static final int MAX_CHOICES = 16;

  private static final String MESSAGES = RequestField.MESSAGES.wire();

  private final Variant variant;
  private final PromptContent prompt;
  private final CallerPolicy policy;

  CallerRules(Variant variant, PromptContent prompt) {
    this.variant = variant;
    this.prompt = prompt;
    this.policy = variant.callerPolicy();
  }

  /**
   * @param call an OpenAI chat request whose {@code model} is the variant
   * @throws InvalidCall naming what the variant does not take
   */
  GovernedCall govern(ObjectNode call) {
    ObjectNode body = call.objectNode();
    Set<String> ignored = new TreeSet<>();
    for (Map.Entry<String, JsonNode> field : call.properties()) {
      String name = field.getKey();
      if (saysNothing(field.getValue())) {
        continue;
      }
      if (RequestField.find(name)
          .map(known -> honours(known, field.getValue()))
          .orElseGet(() -> isExtension(name))) {
        body.set(name, field.getValue());
      } else if (!isSession(name, field.getValue())) {
        ignored.add(name);
      }
    }
    if (body.has(MESSAGES)) {
      Conversation conversation = conversation(body.path(MESSAGES));
      new MessageRules(policy, hasTools(prompt.parameters())).check(conversation);
      ArrayNode messages = body.putArray(MESSAGES);
      conversation.messages().forEach(messages::add);
    }
    return new GovernedCall(body, List.copyOf(ignored), repeatable(body));
  }

  /** The session of a call is kept in its trace. */
  private static boolean isSession(String name, JsonNode value) {
    return name.equals(RequestField.METADATA.wire()) && SessionField.isAllOf(value);
  }

  /** Clients write what they do not set as null, and lists without tools. */
  private static boolean saysNothing(JsonNode value) {
    return value.isNull() || (value.isArray() && value.isEmpty());
  }

  private boolean honours(RequestField field, JsonNode value) {
    CallerPermission allowance = field.allowance();
    if (allowance != null && policy.allows(allowance)) {
      requireBounded(field, value);
      return true;
    }
    return switch (field.treatment()) {
      case READ, HONOURED -> true;
      case OVERRIDDEN -> false;
      case LOWERED -> {
        requireBounded(field, value);
        Integer limit = answerLimit();
        yield limit == null || value.asLong() <= limit;
      }
      case REFUSED ->
          throw new InvalidCall(
              field.wire(),
              "The variant takes no %s from its callers: omit the field%s."
                  .formatted(
                      field.wire(),
                      allowance == null
                          ? ""
                          : ", or call a variant whose caller policy allows " + allowance.wire()));
    };
  }

  private static void requireBounded(RequestField field, JsonNode value) {
    if (field.treatment() == Treatment.LOWERED
        && !(value.isIntegralNumber() && value.asDouble() >= 1)) {
      throw new InvalidCall(field.wire(), field.wire() + " must be a whole number of at least 1.");
    }
    if (field == RequestField.N
        && !(value.isIntegralNumber()
            && value.asDouble() >= 1
            && value.asDouble() <= MAX_CHOICES)) {
      throw new InvalidCall("n", "n must be a whole number from 1 to %d.".formatted(MAX_CHOICES));
    }
  }

  /** The tokens of an answer that the variant, else its prompt, allows; absent without a limit. */
  private @Nullable Integer answerLimit() {
    Integer own = variant.parameters().maxCompletionTokens();
    return own != null
        ? own
        : Stream.of(RequestField.MAX_COMPLETION_TOKENS, RequestField.MAX_TOKENS)
            .map(field -> prompt.parameters().path(field.wire()))
            .filter(JsonNode::isNumber)
            .map(JsonNode::asInt)
            .min(Integer::compare)
            .orElse(null);
  }

  private boolean isExtension(String name) {
    if (!policy.allows(CallerPermission.EXTENSIONS)) {
      throw new InvalidCall(
          name,
          "%s is not a field that the variant takes: omit it, or call a variant whose caller policy allows extensions."
              .formatted(name));
    }
    // A model in this process has no fields of its own.
    return variant.connection() != null;
  }

  private static Conversation conversation(JsonNode messages) {
    return switch (Conversation.parse(messages)) {
      case Conversation conversation -> conversation;
      case ParsedConversation.Malformed malformed -> throw refusal(malformed.violations());
    };
  }

  /** In the words of a request: the messages of a call are its conversation. */
  static InvalidCall refusal(List<Violation> violations) {
    boolean conversation = violations.getFirst().pointer().startsWith("/conversation");
    return new InvalidCall(
        conversation ? MESSAGES : RequestField.PLUMBLINE_VARIABLES.wire(),
        String.join("; ", violations.stream().map(CallerRules::sentence).toList()) + ".");
  }

  private static String sentence(Violation violation) {
    String pointer = violation.pointer();
    String place =
        pointer.startsWith("/conversation")
            ? MESSAGES + pointer.substring("/conversation".length())
            : pointer.startsWith("/variables")
                ? RequestField.PLUMBLINE_VARIABLES.wire() + pointer.substring("/variables".length())
                : "with these values, the prompt's " + pointer;
    return place + " " + violation.detail();
  }

  /**
   * A model that samples, or whose answer leads to a call of a tool, is asked each time. What the
   * caller may decide comes before the variant's, and that before its prompt's. Where none of them
   * has a temperature and none is sent, the model may sample.
   */
  private boolean repeatable(ObjectNode body) {
    if (hasTools(prompt.parameters())
        || hasTools(body)
        || body.path(MESSAGES).valueStream().anyMatch(CallerRules::concernsTools)) {
      return false;
    }
    if (variant.parameters().omitsTemperature() && !body.has("temperature")) {
      return false;
    }
    Double own = variant.parameters().temperature();
    double temperature =
        body.path("temperature")
            .asDouble(own != null ? own : prompt.parameters().path("temperature").asDouble(0));
    return temperature == 0;
  }

  private static boolean concernsTools(JsonNode message) {
    return message.has("tool_calls") || message.has("function_call") || message.has("tool_call_id");
  }

  private static boolean hasTools(JsonNode request) {
    return !request.path("tools").isEmpty() || !request.path("functions").isEmpty();
  }
}
