package io.plumbline.e2e.client;

import io.plumbline.e2e.GovernedApplication;
import io.plumbline.e2e.ScriptedProvider;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** A model whose answer says what reached it. To a text of the suite it answers with the label. */
final class EchoModel {

  private EchoModel() {}

  /** Returns the message that answers a request. */
  static Map<String, ?> answer(JsonNode request) {
    JsonNode messages = request.path("messages");
    JsonNode last = messages.get(messages.size() - 1);
    String text = text(last);
    for (String label : GovernedApplication.LABELS) {
      if (text.toLowerCase(Locale.ROOT).startsWith(label)) {
        return ScriptedProvider.says("{\"label\":\"" + label + "\"}");
      }
    }
    if (last.path("role").asString().equals("tool")) {
      return ScriptedProvider.says("Your order is " + text.replace("\"", "") + ".");
    }
    if (!request.path("tools").isEmpty()) {
      return ScriptedProvider.calls("find_order", "{\"number\":4711}");
    }
    if (request.at("/response_format/type").asString("").equals("json_schema")) {
      return ScriptedProvider.says("{\"city\":\"Leeds\"}");
    }
    return ScriptedProvider.says(
        "system: %s; before: %d; image: %s; temperature: %s; format: %s; said: %s"
            .formatted(
                instructions(messages),
                messages.size() - 1,
                image(last),
                request.path("temperature").asString("none"),
                request.at("/response_format/type").asString("none"),
                text));
  }

  private static String instructions(JsonNode messages) {
    return messages
        .valueStream()
        .filter(message -> message.path("role").asString().matches("system|developer"))
        .map(EchoModel::text)
        .collect(Collectors.joining(" "));
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

  private static String image(JsonNode message) {
    return message
        .path("content")
        .valueStream()
        .map(part -> part.at("/image_url/url").asString(""))
        .filter(url -> url.startsWith("data:"))
        .map(url ->
            url.substring("data:".length(), url.indexOf(';'))
                + " of "
                + Base64.getDecoder().decode(url.substring(url.indexOf(',') + 1)).length
                + " bytes")
        .findFirst()
        .orElse("none");
  }
}
