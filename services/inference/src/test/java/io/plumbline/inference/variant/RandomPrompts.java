package io.plumbline.inference.variant;

import io.plumbline.platform.digest.CanonicalJson;
import io.plumbline.prompttemplate.content.ContentRules;
import io.plumbline.prompttemplate.content.Example;
import io.plumbline.prompttemplate.content.Message;
import io.plumbline.prompttemplate.content.Partial;
import io.plumbline.prompttemplate.content.Placeholder;
import io.plumbline.prompttemplate.content.PromptContent;
import io.plumbline.prompttemplate.content.PromptMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Makes random prompt versions of every form, and calls that mostly fit them. */
final class RandomPrompts {

  private static final JsonMapper JSON = JsonMapper.shared();
  private static final List<String> TEXTS =
      List.of(
          "Sort mail.",
          "Mail: {{text}}",
          "{{#tone}}Stay {{tone}}.{{/tone}} Go.",
          "<b>{{{text}}}</b> {{tone}}",
          "Rules:\n  {{> rules}}\n{{#tone}}{{> rules}}{{/tone}} {{text}}",
          "{{^tone}}No tone.{{/tone}} \"quoted\" \u00e9\ud83d\ude00");

  private RandomPrompts() {}

  static PromptContent content(Random random) {
    List<PromptMessage> messages = new ArrayList<>();
    int length = 1 + random.nextInt(4);
    int place = random.nextInt(length * 2);
    for (int i = 0; i < length; i++) {
      messages.add(
          i == place
              ? Placeholder.CONVERSATION
              : new Message(any(random, Message.Role.values()), any(random, TEXTS)));
    }
    List<Example> examples =
        IntStream.range(0, random.nextInt(3))
            .mapToObj(i -> new Example("input {{" + i, "output " + i))
            .toList();
    PromptContent content = PromptContent.of(messages, variables(random), examples, null, null);
    PromptContent including = content.withPartials(partials(random, content));
    return ContentRules.completeAndCheck(including, Set.of()).content();
  }

  /** Returns the partials that the messages include, some of which include others. */
  private static Map<String, Partial> partials(Random random, PromptContent content) {
    boolean included =
        content.writtenMessages().stream()
            .anyMatch(message -> message.content().contains("{{> rules}}"));
    if (!included) {
      return Map.of();
    }
    PromptContent inner = text("{{^tone}}-{{/tone}}\nof {{text}}\n", Map.of());
    return Map.of(
        "rules",
        partial(
            random.nextBoolean()
                ? text("Be {{tone}}.\n\nBe brief.\n", Map.of())
                : text("{{#tone}}\n  {{> rules}}\n{{/tone}}", Map.of("rules", partial(inner)))));
  }

  private static Partial partial(PromptContent content) {
    return new Partial(CanonicalJson.digest(content).hex(), content);
  }

  private static PromptContent text(String text, Map<String, Partial> partials) {
    ObjectNode schema = JSON.createObjectNode().put("type", "object");
    ObjectNode properties = schema.putObject("properties");
    properties.putObject("text").put("type", "string");
    properties.putObject("tone").put("type", "string");
    return PromptContent.of(List.of(new Message(Message.Role.USER, text)), schema, null, null, null)
        .withPartials(partials);
  }

  private static ObjectNode variables(Random random) {
    ObjectNode schema = JSON.createObjectNode().put("type", "object");
    ObjectNode properties = schema.putObject("properties");
    properties.putObject("text").put("type", "string");
    ObjectNode tone = properties.putObject("tone").put("type", "string");
    if (random.nextBoolean()) {
      tone.put("default", "calm");
    }
    ArrayNode required = schema.putArray("required");
    if (random.nextInt(3) > 0) {
      required.add("text");
    }
    if (random.nextInt(4) == 0) {
      required.add("tone");
    }
    return schema;
  }

  static ObjectNode values(Random random, PromptContent content) {
    ObjectNode values = JSON.createObjectNode();
    for (JsonNode name : content.variables().path("required").values()) {
      if (random.nextInt(3) > 0) {
        values.put(name.asString(), "a {{value}} & <more>");
      }
    }
    return values;
  }

  static List<ObjectNode> messages(Random random) {
    int length = random.nextInt(10) < 6 ? random.nextInt(2) : random.nextInt(6);
    return IntStream.range(0, length).mapToObj(i -> message(random, i)).toList();
  }

  private static ObjectNode message(Random random, int index) {
    ObjectNode message = JSON.createObjectNode();
    message.put("role", index % 2 == 0 ? "user" : "assistant");
    if (random.nextInt(3) == 0) {
      ArrayNode parts = message.putArray("content");
      parts.addObject().put("type", "text").put("text", "one " + index);
      parts.addObject().put("type", "text").put("text", "two {{text}}");
    } else {
      message.put("content", "said " + index + " \u00e9");
    }
    if (random.nextInt(4) == 0) {
      message.put("name", "kim");
    }
    if (random.nextInt(4) == 0) {
      message.putNull("refusal");
    }
    return message;
  }

  private static <T> T any(Random random, T[] of) {
    return of[random.nextInt(of.length)];
  }

  private static <T> T any(Random random, List<T> of) {
    return of.get(random.nextInt(of.size()));
  }
}
