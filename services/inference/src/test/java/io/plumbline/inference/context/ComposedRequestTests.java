package io.plumbline.inference.context;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.prompttemplate.rendering.RenderedPrompt.Span;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

class ComposedRequestTests {

  @Test
  void an_instruction_goes_before_the_callers_last_question() {
    assertThat(instructed(new Span(1, 2), "system a", "user b"))
        .containsExactly("2-3", "system a", "system !", "user b");
    assertThat(instructed(new Span(1, 4), "system a", "user b", "assistant c", "user d"))
        .containsExactly("1-5", "system a", "user b", "assistant c", "system !", "user d");
    assertThat(instructed(new Span(0, 1), "user a", "user of the prompt"))
        .containsExactly("1-2", "system !", "user a", "user of the prompt");
  }

  @Test
  void without_one_it_goes_before_the_prompts_own() {
    assertThat(instructed(Span.NONE, "user a", "assistant b", "user c"))
        .containsExactly("0-0", "user a", "assistant b", "system !", "user c");
    assertThat(instructed(Span.NONE, "user a")).containsExactly("1-1", "system !", "user a");
    assertThat(instructed(new Span(1, 2), "user a", "assistant b"))
        .containsExactly("2-3", "system !", "user a", "assistant b");
    assertThat(instructed(new Span(0, 1), "assistant b"))
        .containsExactly("1-2", "system !", "assistant b");
  }

  /** Returns the callers' span, then the messages. */
  private static List<String> instructed(Span callers, String... messages) {
    ObjectNode body = JsonMapper.shared().createObjectNode().put("model", "m");
    ArrayNode list = body.putArray("messages");
    for (String each : messages) {
      String[] parts = each.split(" ", 2);
      list.addObject().put("role", parts[0]).put("content", parts[1]);
    }
    ComposedRequest request = new ComposedRequest(body, callers).withInstruction("!");
    assertThat(request.body().path("model").asString()).isEqualTo("m");
    assertThat(body.path("messages")).hasSize(messages.length);
    return Stream.concat(
            Stream.of(request.callers().from() + "-" + request.callers().to()),
            request.messages().stream()
                .map(each -> each.path("role").asString() + " " + each.path("content").asString()))
        .toList();
  }
}
