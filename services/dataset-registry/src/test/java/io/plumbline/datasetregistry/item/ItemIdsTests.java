package io.plumbline.datasetregistry.item;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.items.Expected;
import io.plumbline.items.Input;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

class ItemIdsTests {

  private final ItemIds ids = new ItemIds();

  private String next(String json) {
    return ids.assignNext(
        ItemIds.identifyingContent(
            JsonMapper.shared().readValue(json, Input.class), Expected.NOTHING));
  }

  @Test
  void the_id_of_a_text_is_that_of_the_text_alone() {
    // The expected id begins SHA-256("abc"), an example of FIPS 180-4.
    assertThat(next("{\"messages\":[{\"role\":\"user\",\"content\":\"abc\"}]}"))
        .isEqualTo("ba7816bf8f01cfea");
  }

  @Test
  void repetitions_are_counted() {
    assertThat(ids.assignNext("abc")).isEqualTo("ba7816bf8f01cfea");
    assertThat(ids.assignNext("x")).hasSize(16);
    assertThat(ids.assignNext("abc")).isEqualTo("ba7816bf8f01cfea-2");
    assertThat(ids.assignNext("abc")).isEqualTo("ba7816bf8f01cfea-3");
    assertThat(ids.idOfRow(2)).isEqualTo("ba7816bf8f01cfea-2");
    assertThat(ItemIds.ofContent(ids.idOfRow(2))).isEqualTo("ba7816bf8f01cfea");
    assertThat(ItemIds.ofContent(ids.idOfRow(0))).isEqualTo("ba7816bf8f01cfea");
  }

  @Test
  void the_id_of_a_document_is_that_of_what_it_is_known_by_and_of_its_text() {
    String first = next("{\"document\":{\"documentId\":\"a\",\"title\":\"A\",\"text\":\"b\"}}");
    assertThat(next("{\"document\":{\"documentId\":\"a\",\"title\":\"B\",\"text\":\"b\"}}"))
        .isEqualTo(first + "-2");
    assertThat(next("{\"document\":{\"documentId\":\"c\",\"text\":\"b\"}}")).hasSize(16);
    assertThat(next("{\"document\":{\"documentId\":\"a\",\"text\":\"c\"}}")).hasSize(16);
  }

  @Test
  void the_id_of_a_preference_is_that_of_its_answers_too() {
    String first = preference("yes", "no");
    assertThat(preference("no", "yes")).isNotEqualTo(first).hasSize(16);
    assertThat(preference("yes", "perhaps")).isNotEqualTo(first).hasSize(16);
    assertThat(next("{\"messages\":[{\"role\":\"user\",\"content\":\"a\"}]}"))
        .isNotEqualTo(first)
        .hasSize(16);
    assertThat(preference("yes", "no")).isEqualTo(first + "-2");
  }

  private String preference(String chosen, String rejected) {
    return ids.assignNext(
        ItemIds.identifyingContent(
            Input.ofText("a"), Expected.ofPreference(answer(chosen), answer(rejected))));
  }

  private static ObjectNode answer(String text) {
    return JsonNodeFactory.instance.objectNode().put("role", "assistant").put("content", text);
  }

  @Test
  void the_id_of_a_conversation_is_that_of_its_canonical_form() {
    String first =
        next(
            "{\"messages\":[{\"role\":\"system\",\"content\":\"a\"},"
                + "{\"role\":\"user\",\"content\":\"b\"}]}");
    assertThat(
            next(
                "{\"tools\":[],\"messages\":[ {\"content\":\"a\",\"role\":\"system\"},"
                    + "{\"role\":\"user\",\"content\":\"b\"}]}"))
        .isEqualTo(first + "-2");
    assertThat(
            next(
                "{\"messages\":[{\"role\":\"user\",\"content\":\"a\"},"
                    + "{\"role\":\"user\",\"content\":\"b\"}]}"))
        .isNotEqualTo(first)
        .hasSize(16);
  }
}
