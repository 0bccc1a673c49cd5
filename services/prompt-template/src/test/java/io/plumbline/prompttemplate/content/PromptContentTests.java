package io.plumbline.prompttemplate.content;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.prompttemplate.content.Message.Role;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class PromptContentTests {

  @Test
  void what_was_omitted_is_filled() {
    List<Message> messages = List.of(new Message(Role.USER, "x"));

    assertThat(PromptContent.of(messages, null, null, null, null))
        .isEqualTo(
            PromptContent.of(
                messages, json("{'properties':{},'type':'object'}"), List.of(), json("{}"), null));
    assertThat(PromptContent.of(messages, null, null, json("{'seed':1}"), null))
        .isNotEqualTo(PromptContent.of(messages, null, null, null, null));
  }

  @Test
  void a_content_that_was_written_is_read_as_it_was() {
    PromptContent content =
        PromptContent.of(List.of(new Message(Role.USER, "x")), null, null, null, null);

    PromptContent read =
        JsonMapper.shared()
            .readValue(JsonMapper.shared().writeValueAsString(content), PromptContent.class);

    assertThat(read).isEqualTo(content);
    assertThat(read.responseFormat()).isNull();
  }

  @Test
  void a_content_is_read_from_the_view_of_its_version() {
    PromptContent content =
        PromptContent.of(List.of(new Message(Role.USER, "x")), null, null, null, null);
    ObjectNode view = JsonMapper.shared().valueToTree(content);
    view.put("prompt", "triage").put("version", 1);
    JsonMapper strict =
        JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

    assertThat(strict.treeToValue(view, PromptContent.class)).isEqualTo(content);
  }

  @Test
  void a_placeholder_is_written_as_langfuse_writes_it_and_a_message_as_before() {
    PromptContent content =
        PromptContent.of(
            List.of(new Message(Role.SYSTEM, "x"), Placeholder.CONVERSATION),
            null,
            null,
            null,
            null);

    String written = JsonMapper.shared().writeValueAsString(content.messages());

    assertThat(JsonMapper.shared().readTree(written))
        .isEqualTo(
            JsonMapper.shared()
                .readTree(
                    """
                    [{"role":"system","content":"x"},{"type":"placeholder","name":"conversation"}]
                    """));
    assertThat(
            JsonMapper.shared()
                .readValue(JsonMapper.shared().writeValueAsString(content), PromptContent.class))
        .isEqualTo(content);
  }

  @Test
  void another_order_of_properties_is_another_content() {
    PromptContent reasonFirst = judge("{'reason':{},'score':{}}", "{'a':1,'b':2}");

    assertThat(judge("{'reason':{},'score':{}}", "{'a':1,'b':2}")).isEqualTo(reasonFirst);
    assertThat(judge("{'score':{},'reason':{}}", "{'a':1,'b':2}")).isNotEqualTo(reasonFirst);
    assertThat(judge("{'reason':{},'score':{}}", "{'b':2,'a':1}")).isNotEqualTo(reasonFirst);
    assertThat(reasonFirst.hasLostPropertyOrder()).isFalse();
  }

  @Test
  void an_order_that_is_not_that_of_the_values_is_not_believed() {
    PromptContent reasonFirst = judge("{'reason':{},'score':{}}", "{}");
    ObjectNode altered = JsonMapper.shared().valueToTree(judge("{'score':{},'reason':{}}", "{}"));
    altered.put("propertyOrder", reasonFirst.propertyOrder());

    assertThat(JsonMapper.shared().treeToValue(altered, PromptContent.class))
        .isNotEqualTo(reasonFirst);
  }

  @Test
  void a_content_from_before_the_order_was_kept_is_written_as_it_was_and_says_that_it_is_lost() {
    ObjectNode before = JsonMapper.shared().valueToTree(judge("{'score':{},'reason':{}}", "{}"));
    before.remove("propertyOrder");

    PromptContent read = JsonMapper.shared().treeToValue(before, PromptContent.class);

    assertThat(JsonMapper.shared().<ObjectNode>valueToTree(read)).isEqualTo(before);
    assertThat(read.hasLostPropertyOrder()).isTrue();
    assertThat(
            JsonMapper.shared()
                .treeToValue(before.put("responseFormat", (String) null), PromptContent.class)
                .hasLostPropertyOrder())
        .isFalse();
  }

  private static PromptContent judge(String properties, String template) {
    return PromptContent.of(
        List.of(new Message(Role.USER, "x")),
        null,
        null,
        json("{'temperature':0,'chat_template_kwargs':%s}".formatted(template)),
        json("{'type':'object','properties':%s}".formatted(properties)));
  }

  private static ObjectNode json(String text) {
    return (ObjectNode) JsonMapper.shared().readTree(text.replace('\'', '"'));
  }
}
