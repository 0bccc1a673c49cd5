package io.plumbline.inference.serving;

import io.plumbline.inference.answer.AnswerExtension;
import io.plumbline.inference.serving.protocol.EventStream;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes a whole answer as a stream, in the order of the protocol: role, content, finish, usage.
 */
@Component
class CompletionStreamWriter {

  private final JsonMapper json;

  CompletionStreamWriter(JsonMapper json) {
    this.json = json;
  }

  void write(ChatCall chatCall, Completion completion, HttpServletResponse response)
      throws IOException {
    EventStream stream = EventStream.start(response, json);
    for (JsonNode choice : completion.body().path("choices").values()) {
      int index = choice.path("index").asInt(0);
      ObjectNode role = json.createObjectNode().put("role", "assistant").put("content", "");
      stream.sendEvent(chunk(chatCall, index, role, null, null));
      ObjectNode content = json.createObjectNode();
      content.set("content", choice.path("message").path("content"));
      stream.sendEvent(chunk(chatCall, index, content, choice.path("logprobs"), null));
      String finish = choice.path("finish_reason").asString("stop");
      ObjectNode last = chunk(chatCall, index, lastDelta(choice), null, finish);
      AnswerExtension.copyTo(completion.body(), last);
      if (chatCall.includesPassages()) {
        AnswerExtension.writePassages(last, completion.passages());
      }
      stream.sendEvent(last);
    }
    if (chatCall.chat().includeUsage()) {
      ObjectNode chunk = chunk(chatCall);
      chunk.putArray("choices");
      chunk.set("usage", completion.body().path("usage"));
      stream.sendEvent(chunk);
    }
    stream.sendDone();
  }

  /** Returns the last delta of a choice. It has the citations, as in a provider's stream. */
  private ObjectNode lastDelta(JsonNode choice) {
    ObjectNode delta = json.createObjectNode();
    JsonNode annotations = choice.path("message").path("annotations");
    if (!annotations.isEmpty()) {
      delta.set("annotations", annotations);
    }
    return delta;
  }

  private ObjectNode chunk(
      ChatCall chatCall,
      int index,
      ObjectNode delta,
      @Nullable JsonNode logprobs,
      @Nullable String finish) {
    ObjectNode chunk = chunk(chatCall);
    ObjectNode choice = chunk.putArray("choices").addObject();
    choice.put("index", index);
    choice.set("delta", delta);
    if (logprobs == null) {
      choice.putNull("logprobs");
    } else {
      choice.set("logprobs", logprobs);
    }
    choice.put("finish_reason", finish);
    if (chatCall.chat().includeUsage()) {
      chunk.putNull("usage");
    }
    return chunk;
  }

  private ObjectNode chunk(ChatCall chatCall) {
    return json.createObjectNode()
        .put("id", chatCall.responseId())
        .put("object", "chat.completion.chunk")
        .put("created", chatCall.created())
        .put("model", chatCall.chat().model());
  }
}
