package io.plumbline.inference.serving;

import static io.plumbline.platform.test.hostile.HostileParts.filled;

import io.plumbline.inference.UnsupportedRequest;
import io.plumbline.inference.bare.BareModelRules;
import io.plumbline.inference.context.ComposedRequest;
import io.plumbline.inference.context.ContextFit;
import io.plumbline.inference.context.ContextOverflowPolicy;
import io.plumbline.inference.provider.protocol.Protocol;
import io.plumbline.inference.provider.protocol.ResponseFormats;
import io.plumbline.inference.provider.protocol.UpstreamName;
import io.plumbline.inference.provider.protocol.UpstreamOperation;
import io.plumbline.inference.serving.protocol.OpenAiError;
import io.plumbline.inference.usage.ProviderTokenCounter;
import io.plumbline.inference.variant.InvalidCall;
import io.plumbline.platform.test.hostile.HostileTexts;
import io.plumbline.prompttemplate.content.AnswerSchema;
import io.plumbline.prompttemplate.rendering.Conversation;
import io.plumbline.prompttemplate.rendering.RenderedPrompt.Span;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Hostile chat requests, each as large as a body may be: 2 MiB, 50,000 values and names, and 100
 * arrays and objects inside each other. Each is read, checked, and translated for each protocol.
 */
public final class HostileCalls implements HostileTexts.Table {

  private static final JsonMapper JSON = JsonMapper.shared();
  private static final int BODY = (2 << 20) - 1_000;

  private static final List<String> PROTOCOLS =
      List.of(Protocol.OPENAI, Protocol.ANTHROPIC, Protocol.GEMINI);

  private final Map<String, HostileTexts.Reading> readings = new LinkedHashMap<>();

  @Override
  public Map<String, HostileTexts.Reading> readings() {
    bodies();
    messages();
    arguments();
    fields();
    return readings;
  }

  private void bodies() {
    add("opening brackets", () -> filled("[", BODY));
    add("a long name", () -> "{\"" + filled("a", BODY) + "\":1}");
    add("a long number", () -> "{\"model\":" + filled("9", BODY) + "}");
    add("an exponent", () -> call("\"temperature\":1e" + filled("9", 900), "\"x\""));
    add("unknown fields", () -> "{" + many("\"%d\":0", 20_000) + "}");
    add("escapes", () -> call("\"user\":\"u\"", "\"" + filled("\\u0001", BODY - 200) + "\""));
  }

  private void messages() {
    addMessage("one letter", () -> "\"" + filled("a", BODY - 200) + "\"");
    addMessage("one ideograph", () -> "\"" + filled("\u4e00", BODY / 3 - 200) + "\"");
    addMessage("combining marks", () -> "\"" + filled("\u0301", BODY / 2 - 200) + "\"");
    addMessage("empty lists", () -> "[" + many("[]", 49_000) + "]");
    addMessage("parts of text", () -> "[" + many(part("text", "\"a\""), 9_000) + "]");
    addMessage("empty parts", () -> "[" + many("{}", 49_000) + "]");
    addMessage(
        "images in a row",
        () ->
            "[" + many(part("image_url", "{\"url\":\"data:image/png;base64,AAAA\"}"), 6_000) + "]");
    addMessage(
        "one image",
        () ->
            "["
                + part(
                    "image_url",
                    "{\"url\":\"data:image/png;base64,%s\"}".formatted(filled("A", BODY - 400)))
                + "]");
    addMessage(
        "an image of blanks",
        () -> "[" + part("image_url", "{\"url\":\"%s\"}".formatted(filled(" ", BODY - 400))) + "]");
    addMessage(
        "a sound that is not Base64",
        () ->
            "["
                + part("input_audio", "{\"data\":\"%s!\"}".formatted(filled("A", BODY - 400)))
                + "]");
    addMessage(
        "a file of parts of a type",
        () ->
            "["
                + part("file", "{\"file_data\":\"data:%s\"}".formatted(filled("a/", BODY - 400)))
                + "]");
    addMessage(
        "objects within each other", () -> "[" + "{\"a\":".repeat(90) + "1" + "}".repeat(90) + "]");
    add(
        "2,000 messages",
        () ->
            body("", many("{\"role\":\"user\",\"content\":\"" + filled("a ", 900) + "\"}", 2_000)));
    add(
        "2,000 messages of parts",
        () ->
            body(
                "",
                many(
                    "{\"role\":\"user\",\"content\":[%s]}".formatted(part("text", "\"a\"")),
                    2_000)));
    add(
        "2,000 calls that are answered",
        () ->
            body(
                "",
                many(
                    toolCalls(toolCall("{}"))
                        + ",{\"role\":\"tool\",\"tool_call_id\":\"c\","
                        + "\"content\":\"x\"}",
                    1_000)));
  }

  private void arguments() {
    addArguments("empty lists", () -> "{\\\"a\\\":[" + filled("[],", BODY - 400) + "[]]}");
    addArguments("empty objects", () -> "{\\\"a\\\":[" + filled("{},", BODY - 400) + "{}]}");
    addArguments("digits", () -> "{\\\"a\\\":[" + filled("1,", BODY - 400) + "1]}");
    addArguments(
        "small objects", () -> "{\\\"a\\\":[" + filled("{\\\"\\\":0},", BODY - 400) + "0]}");
    addArguments("different names", () -> "{" + many("\\\"%d\\\":0", 120_000) + "}");
    addArguments("opening braces", () -> filled("{\\\"\\\":", BODY - 400));
    addArguments("a long number", () -> "{\\\"a\\\":" + filled("9", BODY - 400) + "}");
    addArguments("a long name", () -> "{\\\"" + filled("a", BODY - 400) + "\\\":0}");
    addArguments("blanks", () -> filled(" ", BODY - 400));
    add(
        "arguments of many calls",
        () -> body("", toolCalls(many(toolCall("{\\\"a\\\":" + "[".repeat(100)), 5_000))));
    add(
        "arguments of many calls, each of empty lists",
        () ->
            body(
                "",
                toolCalls(many(toolCall("{\\\"a\\\":[" + filled("[],", 900) + "[]]}"), 2_000))));
  }

  private void fields() {
    addField("stop words", () -> "\"stop\":[" + many("\"a\"", 45_000) + "]");
    addField("modalities", () -> "\"modalities\":[" + many("[]", 45_000) + "]");
    addField("metadata", () -> "\"metadata\":{" + many("\"%d\":\"\"", 20_000) + "}");
    addField("biases", () -> "\"logit_bias\":{" + many("\"%d\":1", 20_000) + "}");
    addField(
        "tools",
        () -> "\"tools\":[" + many("{\"type\":\"function\",\"function\":{}}", 9_000) + "]");
    addField(
        "the parameters of a tool",
        () ->
            "\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"f\",\"parameters\":{%s}}}]"
                .formatted(many("\"%d\":{}", 20_000)));
    addField(
        "a response format that is large",
        () -> responseFormat("{" + many("\"%d\":{}", 20_000) + "}"));
    addField(
        "a response format that is deep",
        () -> responseFormat("{\"not\":".repeat(90) + "{}" + "}".repeat(90)));
    addField(
        "a response format of alternatives",
        () -> responseFormat("{\"anyOf\":[" + many("{\"$ref\":\"#\"}", 12_000) + "]}"));
  }

  private static String responseFormat(String schema) {
    return "\"response_format\":{\"type\":\"json_schema\",\"json_schema\":{\"name\":\"n\","
        + "\"description\":\"d\",\"schema\":"
        + schema
        + "}}";
  }

  private static String part(String type, String value) {
    return "{\"type\":\"%s\",\"%s\":%s}".formatted(type, type, value);
  }

  private static String toolCalls(String calls) {
    return "{\"role\":\"assistant\",\"tool_calls\":[" + calls + "]}";
  }

  private static String toolCall(String arguments) {
    return "{\"id\":\"c\",\"type\":\"function\",\"function\":{\"name\":\"f\",\"arguments\":\""
        + arguments
        + "\"}}";
  }

  /** Returns a part as often as said, with its number in the place of {@code %d}. */
  private static String many(String part, int count) {
    StringBuilder all = new StringBuilder();
    for (int i = 0; i < count; i++) {
      all.append(i == 0 ? "" : ",").append(part.replace("%d", Integer.toString(i)));
    }
    return all.toString();
  }

  private void addArguments(String name, Supplier<String> arguments) {
    add(
        "arguments: " + name,
        () ->
            body(
                "",
                toolCalls(toolCall(arguments.get())) + ",{\"role\":\"user\",\"content\":\"x\"}"));
  }

  private void addMessage(String name, Supplier<String> content) {
    add("content: " + name, () -> call("\"user\":\"u\"", content.get()));
  }

  private void addField(String name, Supplier<String> field) {
    add("field: " + name, () -> call(field.get(), "\"x\""));
  }

  private static String call(String field, String content) {
    return body(field + ",", "{\"role\":\"user\",\"content\":" + content + "}");
  }

  private static String body(String fields, String messages) {
    return "{\"model\":\"m\"," + fields + "\"messages\":[" + messages + "]}";
  }

  private void add(String name, Supplier<String> text) {
    readings.put("call: " + name, () -> read(text.get().getBytes(StandardCharsets.UTF_8)));
  }

  private static void read(byte[] bytes) {
    ObjectNode body;
    try {
      body = ChatRequest.read(bytes, JSON).body();
      new BareModelRules(List.of()).checkChat(body);
    } catch (OpenAiError | InvalidCall refused) {
      return;
    }
    if (Conversation.parse(body.path("messages")) instanceof Conversation conversation) {
      body.putArray("messages").addAll(conversation.messages());
    }
    AnswerSchema.of(body.path("response_format"));
    ContextFit.fit(
        new ComposedRequest(body, new Span(0, body.path("messages").size())),
        "gpt-4o",
        100_000,
        ContextOverflowPolicy.TRIM_HISTORY);
    new ProviderTokenCounter(body).countedTokens();
    PROTOCOLS.forEach(protocol -> translate(Protocol.of(protocol), body));
  }

  private static void translate(Protocol protocol, ObjectNode body) {
    for (ResponseFormats formats : ResponseFormats.values()) {
      try {
        JSON.writeValueAsBytes(
            protocol
                .translatedRequest(
                    UpstreamOperation.CHAT,
                    formats.adaptRequest(body, "m"),
                    new UpstreamName("m", "gemini-3-pro"))
                .body());
      } catch (UnsupportedRequest refused) {
        // A request that a protocol does not have is read like any other.
      }
    }
  }
}
