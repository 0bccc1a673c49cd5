package io.plumbline.inference;

import io.plumbline.inference.ScriptedApi.Reply;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A scripted model that answers with a summary of the request it received. Given tools, it calls
 * the first one once; asked for typed output, it answers with one place, as JSON or in dspy's
 * sections.
 */
final class EchoModel {

  private static final String PLACE = "{\"city\":\"Leeds\"}";
  private static final String USAGE =
      "{\"prompt_tokens\":7,\"completion_tokens\":2,\"total_tokens\":9}";

  private EchoModel() {}

  static Reply reply(JsonNode request) {
    ObjectNode message = message(request);
    String finish = message.has("tool_calls") ? "tool_calls" : "stop";
    if (!request.path("stream").asBoolean(false)) {
      return new Reply(200, completion("message", message, finish, USAGE));
    }
    Stream<String> parts =
        message.has("tool_calls")
            ? Stream.of(completion("delta", indexed(message), null, null))
            : Stream.of(message.path("content").asString().splitWithDelimiters(" ", 0))
                .map(word -> completion("delta", said(word), null, null));
    String events =
        Stream.of(
                parts,
                Stream.of(
                    completion("delta", JsonMapper.shared().createObjectNode(), finish, null),
                    "{\"object\":\"chat.completion.chunk\",\"choices\":[],\"usage\":" + USAGE + "}",
                    "[DONE]"))
            .flatMap(each -> each)
            .map(event -> "data: " + event + "\n\n")
            .collect(Collectors.joining());
    return new Reply(200, events);
  }

  private static ObjectNode message(JsonNode request) {
    List<JsonNode> messages = request.path("messages").valueStream().toList();
    JsonNode last = messages.getLast();
    String format = request.at("/response_format/type").asString("none");
    List<String> tools =
        request
            .path("tools")
            .valueStream()
            .map(tool -> tool.at("/function/name").asString())
            .toList();
    if (last.path("role").asString().equals("tool")) {
      return said("Your order is " + text(last) + ".");
    }
    if (!tools.isEmpty()) {
      return calling(tools.getFirst());
    }
    String everything = messages.stream().map(EchoModel::text).collect(Collectors.joining("\n"));
    if (everything.contains(section("completed"))) {
      return said(sections(everything));
    }
    if (!format.equals("none") || everything.contains("\"properties\"")) {
      return said(PLACE);
    }
    return said(
        "system: %s; before: %d; temperature: %s; format: %s; said: %s"
            .formatted(
                messages.stream()
                    .filter(each -> each.path("role").asString().matches("system|developer"))
                    .map(EchoModel::text)
                    .collect(Collectors.joining(" ")),
                messages.size() - 1,
                request.path("temperature").asString("none"),
                format,
                text(last)));
  }

  /** Returns the outputs that a dspy signature asks for; ReAct calls its tool once, then ends. */
  private static String sections(String request) {
    boolean looked = request.contains("in Leeds");
    return Stream.of(
            Map.entry("reasoning", "It is there."),
            Map.entry("next_thought", "I look."),
            Map.entry("next_tool_name", looked ? "finish" : "find_order"),
            Map.entry("next_tool_args", looked ? "{}" : "{\"number\": 4711}"),
            Map.entry("city", "Leeds"),
            Map.entry("completed", ""))
        .filter(output -> request.contains(section(output.getKey())))
        .map(output -> section(output.getKey()) + "\n" + output.getValue())
        .collect(Collectors.joining("\n\n"));
  }

  private static String section(String name) {
    return "[[ ## " + name + " ## ]]";
  }

  private static String text(JsonNode message) {
    JsonNode content = message.path("content");
    return content.isArray()
        ? content
            .valueStream()
            .map(part -> part.path("text").asString(""))
            .collect(Collectors.joining())
        : content.asString("");
  }

  private static ObjectNode said(String text) {
    return JsonMapper.shared().createObjectNode().put("role", "assistant").put("content", text);
  }

  private static ObjectNode calling(String tool) {
    ObjectNode message = JsonMapper.shared().createObjectNode().put("role", "assistant");
    message
        .putArray("tool_calls")
        .addObject()
        .put("id", "c1")
        .put("type", "function")
        .putObject("function")
        .put("name", tool)
        .put("arguments", tool.equals("find_order") ? "{\"number\":4711}" : PLACE);
    return message;
  }

  /** Adds the index that a tool call has in a stream. */
  private static ObjectNode indexed(ObjectNode message) {
    ((ObjectNode) message.at("/tool_calls/0")).put("index", 0);
    return message;
  }

  private static String completion(
      String part, ObjectNode content, @Nullable String finish, @Nullable String usage) {
    ObjectNode answer =
        JsonMapper.shared()
            .createObjectNode()
            .put("id", "x")
            .put("object", part.equals("delta") ? "chat.completion.chunk" : "chat.completion")
            .put("created", 1)
            .put("model", "m");
    ObjectNode choice = answer.putArray("choices").addObject().put("index", 0);
    choice.set(part, content);
    choice.put("finish_reason", finish);
    if (usage != null) {
      answer.set("usage", JsonMapper.shared().readTree(usage));
    }
    return answer.toString();
  }
}
