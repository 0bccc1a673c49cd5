package io.plumbline.promptregistry.diff;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.promptregistry.content.Message;
import io.plumbline.promptregistry.content.Message.Role;
import io.plumbline.promptregistry.content.PromptContent;
import io.plumbline.promptregistry.diff.Segment.Op;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class DifferenceTests {

  private static PromptContent content(String text, double temperature, String... variables) {
    ObjectNode schema = JsonMapper.shared().createObjectNode().put("type", "object");
    ObjectNode properties = schema.putObject("properties");
    List.of(variables).forEach(name -> properties.putObject(name).put("type", "string"));
    ObjectNode parameters = JsonMapper.shared().createObjectNode().put("temperature", temperature);
    return PromptContent.of(List.of(new Message(Role.USER, text)), schema, null, parameters, null);
  }

  private static Difference between(PromptContent older, PromptContent newer) {
    return Difference.between(1, older, 2, newer);
  }

  @Test
  void words_differ_as_words_and_variables_are_never_cut() {
    Difference difference =
        between(
            content("Sort the {{mail}} now", 0, "mail"),
            content("Sort this {{mailbox}} now", 0, "mail", "mailbox"));

    assertThat(difference.messages().getFirst().segments())
        .containsExactly(
            new Segment(Op.EQUAL, "Sort "),
            new Segment(Op.DELETE, "the"),
            new Segment(Op.INSERT, "this"),
            new Segment(Op.EQUAL, " "),
            new Segment(Op.DELETE, "{{mail}}"),
            new Segment(Op.INSERT, "{{mailbox}}"),
            new Segment(Op.EQUAL, " now"));
  }

  @Test
  void a_variable_that_only_changed_its_name_is_a_rename() {
    Difference difference =
        between(
            content("Sort {{mail}}. {{#mail}}x{{/mail}}", 0, "mail"),
            content("Sort {{message}}. {{#message}}x{{/message}}", 0, "message"));

    assertThat(difference.renamed()).isEqualTo(Map.of("mail", "message"));
    assertThat(difference.messages().getFirst().segments())
        .extracting(Segment::op)
        .doesNotContain(Op.DELETE, Op.INSERT);
  }

  @Test
  void settings_differ_by_pointer() {
    Difference difference = between(content("x", 0, "a"), content("x", 1, "a", "b"));

    assertThat(difference.messages().getFirst().changed()).isFalse();
    assertThat(difference.configuration())
        .extracting(Difference.Setting::pointer)
        .containsExactly("/variables/properties/b", "/parameters/temperature");
  }

  @Test
  void texts_too_different_to_align_are_shown_as_replaced() {
    String older = "a ".repeat(3_000);
    String newer = "b ".repeat(3_000) + "c";
    assertThat(between(content(older, 0), content(newer, 0)).messages().getFirst().segments())
        .extracting(Segment::op)
        .containsExactly(Op.DELETE, Op.INSERT);
  }
}
