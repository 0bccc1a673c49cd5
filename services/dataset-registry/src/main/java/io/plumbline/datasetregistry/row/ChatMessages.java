package io.plumbline.datasetregistry.row;

import io.plumbline.items.Input;
import io.plumbline.prompttemplate.content.Violation;
import io.plumbline.prompttemplate.rendering.Conversation;
import io.plumbline.prompttemplate.rendering.InlineImage;
import io.plumbline.prompttemplate.rendering.MessageFields;
import io.plumbline.prompttemplate.rendering.ParsedConversation;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads the messages of a line. They are parsed as serving parses those of a call, and may have
 * only the members of a call, so that every item of a dataset can be sent to a model.
 */
final class ChatMessages {

  private static final String EXAMPLE =
      "Write messages as the OpenAI API has them, such as {\"role\":\"user\",\"content\":\"…\"}";

  private static final Set<String> CALL_FIELDS = Set.of("id", "type", "function");
  private static final Set<String> FUNCTION_FIELDS = Set.of("name", "arguments");
  private static final Set<String> IMAGE_FIELDS = Set.of("url", "detail");

  /** The roles whose messages a model answers. */
  private static final Set<String> ANSWERABLE_ROLES = Set.of("user", "tool", "function");

  private ChatMessages() {}

  static List<ObjectNode> read(JsonNode messages, String at) throws LineFault {
    if (messages.isMissingNode() || messages.isEmpty()) {
      throw noMessagesFault(RowProblem.Code.MISSING_VALUE, at);
    }
    if (!messages.isArray()) {
      throw noMessagesFault(RowProblem.Code.WRONG_TYPE, at);
    }
    return switch (Conversation.parse(messages)) {
      case ParsedConversation.Malformed malformed ->
          throw faultOf(malformed.violations().getFirst(), "^/conversation", at);
      case Conversation conversation -> {
        for (int i = 0; i < conversation.messages().size(); i++) {
          checkMessage(conversation.messages().get(i), "%s[%d]".formatted(at, i));
        }
        yield conversation.messages();
      }
    };
  }

  private static LineFault noMessagesFault(RowProblem.Code code, String at) {
    return new LineFault(code, at, "is not a list of one message or more", EXAMPLE);
  }

  static String role(ObjectNode message) {
    return message.path("role").asString("");
  }

  /** Requires that a conversation ends in a message that a model answers. */
  static void requireQuestion(List<ObjectNode> messages, String at) throws LineFault {
    if (messages.isEmpty()) {
      throw notAnswerableFault("has no message before the answer", at);
    }
    String role = role(messages.getLast());
    if (!ANSWERABLE_ROLES.contains(role)) {
      throw notAnswerableFault("ends in a message of the role " + role, at);
    }
  }

  private static LineFault notAnswerableFault(String reason, String at) {
    return new LineFault(
        RowProblem.Code.MISSING_VALUE,
        at,
        reason,
        "End it in the message of a user or tool that is to be answered");
  }

  /**
   * Reads a conversation that is to be answered, with its tools.
   *
   * @param input an object with messages, with variables, or with both
   * @param at the field of the object
   */
  static Input readInput(JsonNode input, String at) throws LineFault {
    ObjectNode variables =
        RowVariables.read(input.path(RowVariables.NAME), at + "." + RowVariables.NAME);
    if (!input.has("messages") && !variables.isEmpty()) {
      if (input.has("tools")) {
        throw new LineFault(
            RowProblem.Code.WRONG_TYPE,
            at + ".tools",
            "is given without messages",
            "Add messages, or omit it");
      }
      return RowVariables.inputOf(variables);
    }
    List<ObjectNode> messages = read(input.path("messages"), at + ".messages");
    requireQuestion(messages, at + ".messages");
    return new Input(messages, ChatTools.read(input.path("tools"), at + ".tools"), variables, null);
  }

  /**
   * Moves the weights that messages of a training example have into its metadata, under the index
   * of each message, from 0.
   */
  static void moveWeightsToMetadata(JsonNode messages, String at, Map<String, Object> metadata)
      throws LineFault {
    Map<String, Object> weights = new LinkedHashMap<>();
    for (int i = 0; messages.isArray() && i < messages.size(); i++) {
      if (messages.get(i) instanceof ObjectNode message && message.has("weight")) {
        JsonNode weight = message.remove("weight");
        if (!weight.isIntegralNumber() || (weight.asInt() != 0 && weight.asInt() != 1)) {
          throw new LineFault(
              RowProblem.Code.WRONG_TYPE,
              "%s[%d].weight".formatted(at, i),
              "is neither 0 nor 1",
              "Write 0 or 1, or omit it");
        }
        weights.put(String.valueOf(i), weight.asInt());
      }
    }
    if (!weights.isEmpty()) {
      LineMembers.putOnce(metadata, "weights", weights);
    }
  }

  /** Reads a single message that is not part of a list. */
  static ObjectNode readOne(ObjectNode message, String at) throws LineFault {
    return switch (Conversation.parse(JsonNodeFactory.instance.arrayNode().add(message))) {
      case ParsedConversation.Malformed malformed ->
          throw faultOf(malformed.violations().getFirst(), "^/conversation/0", at);
      case Conversation conversation -> {
        checkMessage(conversation.messages().getFirst(), at);
        yield conversation.messages().getFirst();
      }
    };
  }

  /**
   * @param named the pattern of the beginning of the violation's pointer that denotes the field
   */
  private static LineFault faultOf(Violation violation, String named, String at) {
    String field =
        violation
            .pointer()
            .replaceFirst(named, Matcher.quoteReplacement(at))
            .replaceAll("/(\\d+)", "[$1]")
            .replace('/', '.');
    return new LineFault(RowProblem.Code.WRONG_TYPE, field, violation.detail(), EXAMPLE);
  }

  private static void checkMessage(ObjectNode message, String at) throws LineFault {
    ChatFields.requireKnownMembers(message, MessageFields.OF_MESSAGE, at);
    ChatFields.requireId(message, "name", at);
    ChatFields.requireId(message, "tool_call_id", at);
    ChatFields.requireString(message, "refusal", at);
    JsonNode content = message.path("content");
    for (int i = 0; content.isArray() && i < content.size(); i++) {
      checkPart(content.get(i), "%s.content[%d]".formatted(at, i));
    }
    JsonNode calls = message.path("tool_calls");
    if (!calls.isMissingNode() && !calls.isArray()) {
      throw new LineFault(
          RowProblem.Code.WRONG_TYPE, at + ".tool_calls", "is not a list", callExample());
    }
    for (int i = 0; i < calls.size(); i++) {
      String call = "%s.tool_calls[%d]".formatted(at, i);
      ChatFields.requireKnownMembers(calls.get(i), CALL_FIELDS, call);
      ChatFields.requireId(calls.get(i), "id", call);
      if (!calls.get(i).path("type").asString("").equals("function")) {
        throw new LineFault(
            RowProblem.Code.WRONG_TYPE, call, "is not of the type function", callExample());
      }
      checkFunction(calls.get(i).path("function"), call + ".function");
    }
    if (message.has("function_call")) {
      checkFunction(message.path("function_call"), at + ".function_call");
    }
  }

  private static void checkFunction(JsonNode function, String at) throws LineFault {
    if (!function.isObject()) {
      throw new LineFault(RowProblem.Code.WRONG_TYPE, at, "is not an object", callExample());
    }
    ChatFields.requireKnownMembers(function, FUNCTION_FIELDS, at);
    ChatFields.requireToolName(function, at);
    if (!function.path("arguments").isString()) {
      throw new LineFault(
          RowProblem.Code.WRONG_TYPE,
          at + ".arguments",
          "is not JSON in a text",
          "Write it as the API does, such as \"{\\\"number\\\":7}\"");
    }
  }

  private static String callExample() {
    return "Write a call as {\"id\":\"call_1\",\"type\":\"function\",\"function\":"
        + "{\"name\":\"…\",\"arguments\":\"{}\"}}";
  }

  private static void checkPart(JsonNode part, String at) throws LineFault {
    String type = part.path("type").asString("");
    Set<String> fields =
        MessageFields.ofPart(type)
            .orElseThrow(() ->
                new LineFault(
                    RowProblem.Code.WRONG_TYPE,
                    at + ".type",
                    "is not one of text, image_url and refusal",
                    "Omit the part, or write its content as text"));
    ChatFields.requireKnownMembers(part, fields, at);
    ChatFields.requireString(part, "refusal", at);
    if (type.equals("image_url")) {
      JsonNode image = part.path("image_url");
      if (!InlineImage.isInlineImageUrl(image.path("url").asString(""))) {
        throw new LineFault(
            RowProblem.Code.WRONG_TYPE,
            at + ".image_url.url",
            "does not contain the image itself",
            "Send " + InlineImage.EXAMPLE + "; addresses are not fetched");
      }
      ChatFields.requireKnownMembers(image, IMAGE_FIELDS, at + ".image_url");
      ChatFields.requireString(image, "detail", at + ".image_url");
    }
  }
}
