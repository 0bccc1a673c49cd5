package io.plumbline.items;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plumbline.contracts.Digest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

class ItemTests {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private static final Item CALL =
      item(
          """
          {"itemId":"a1","input":{"messages":[
            {"role":"user","content":"Where is it?"},
            {"role":"assistant","tool_calls":[{"id":"c1","type":"function",
              "function":{"name":"find_order","arguments":"{\\"number\\":7}"}}]},
            {"role":"tool","tool_call_id":"c1","content":"In Leeds"},
            {"role":"user","content":[{"type":"text","text":"And this one?"},
              {"type":"image_url","image_url":{"url":"data:image/png;base64,AAAA"}}]}]},
           "expected":{"toolCalls":[{"name":"find_order","arguments":{"number":8.50}}]},
           "metadata":{"price":1.50}}
          """);

  @Test
  void a_text_is_one_message_of_a_user() {
    Item item = Item.ofText("a1", "Hello", "greeting");

    assertThat(JSON.writeValueAsString(item))
        .isEqualTo(
            """
            {"itemId":"a1","input":{"messages":[{"role":"user","content":"Hello"}]},"expected":{"label":"greeting"}}\
            """);
    assertThat(item.input().onlyText()).contains("Hello");
    assertThat(item.text()).isEqualTo("Hello");
    assertThat(item.label()).contains("greeting");
  }

  @Test
  void a_document_asks_nothing() {
    Document document =
        new Document("guide/install.md", "Install", "# Install\nRun it.", null, null);
    Item item = new Item("d1", Input.ofDocument(document), null, null);

    String json = JSON.writeValueAsString(item);

    assertThat(json)
        .isEqualTo(
            """
            {"itemId":"d1","input":{"document":{"documentId":"guide/install.md","title":"Install",\
            "text":"# Install\\nRun it."}},"expected":{}}\
            """);
    assertThat(JSON.readValue(json, Item.class)).isEqualTo(item);
    assertThat(item.input().onlyText()).isEmpty();
    assertThat(item.text()).isEqualTo("# Install\nRun it.");
    assertThat(item.input().withQuestion(String::toUpperCase)).isEqualTo(item.input());
    assertThatThrownBy(() -> new Input(null, null, null, null))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void variables_are_asked_beside_a_conversation_or_alone() {
    Item item =
        item(
            """
            {"itemId":"v1","input":{"messages":[{"role":"user","content":"And now?"}],
             "variables":{"tier":"gold","cart":{"items":["lamp",2],"gift":true,"note":null},"budget":8.50}}}
            """);
    Item alone = item("{\"itemId\":\"v2\",\"input\":{\"variables\":{\"tier\":\"gold\"}}}");
    Item reordered =
        item(
            """
            {"itemId":"v1","input":{"messages":[{"role":"user","content":"And now?"}],
             "variables":{"budget":8.50,"cart":{"note":null,"gift":true,"items":["lamp",2]},"tier":"gold"}}}
            """);

    assertThat(item.text().lines())
        .containsExactly("And now?", "8.50", "true", "lamp", "2", "gold");
    assertThat(reordered.text()).isEqualTo(item.text());
    assertThat(item.input().onlyText()).isEmpty();
    assertThat(alone.text()).isEqualTo("gold");
    assertThat(new String(ItemFile.toJsonBytes(alone), StandardCharsets.UTF_8))
        .isEqualTo(
            "{\"itemId\":\"v2\",\"input\":{\"variables\":{\"tier\":\"gold\"}},\"expected\":{}}");
    assertThat(new String(ItemFile.toJsonBytes(item), StandardCharsets.UTF_8))
        .contains("\"budget\":8.50");
    Input changed = item.input().withQuestion(String::toUpperCase);
    assertThat(changed.messages().getFirst().path("content").asString()).isEqualTo("AND NOW?");
    assertThat(changed.variables()).isEqualTo(item.input().variables());
    assertThatThrownBy(() -> item("{\"itemId\":\"v3\",\"input\":{\"variables\":{}}}"))
        .hasMessageContaining("An input is a conversation, variables or a document");
  }

  @Test
  void a_question_without_an_answer_is_not_one_of_which_nothing_is_expected() {
    Item unanswerable =
        new Item("q1", Input.ofText("Who?"), Expected.ofAnswers(List.of(), List.of()), null);

    String json = JSON.writeValueAsString(unanswerable);

    assertThat(json).contains("\"expected\":{\"answers\":[]}");
    assertThat(JSON.readValue(json, Item.class)).isEqualTo(unanswerable);
    assertThat(unanswerable.expected().isUnanswerable()).isTrue();
    assertThat(Expected.NOTHING.isUnanswerable()).isFalse();
    assertThat(
            Expected.ofAnswers(
                    List.of("npm ci"), List.of(new PassageReference("ci.md", "Synopsis", null)))
                .isUnanswerable())
        .isFalse();
  }

  @Test
  void of_a_preference_both_answers_are_compared_with_what_was_asked() {
    Item preference =
        item(
            """
            {"itemId":"p1","input":{"messages":[{"role":"user","content":"Where is it?"}]},
             "expected":{"chosen":{"role":"assistant","tool_calls":[{"id":"c1","type":"function",
              "function":{"name":"find_order","arguments":"{}"}}]},
              "rejected":{"role":"assistant","content":"Somewhere."}}}
            """);

    assertThat(preference.text().lines())
        .containsExactly("Where is it?", "find_order {}", "Somewhere.");
    assertThat(preference.expected().isPreference()).isTrue();
    assertThat(Expected.NOTHING.isPreference()).isFalse();
    assertThat(JSON.readValue(JSON.writeValueAsString(preference), Item.class))
        .isEqualTo(preference);
    assertThatThrownBy(() ->
            item(
                """
                {"itemId":"p1","input":{"messages":[{"role":"user","content":"Where is it?"}]},
                 "expected":{"chosen":{"role":"assistant","content":"There."}}}
                """))
        .hasMessageContaining("A preference has a chosen and a rejected answer");
  }

  @Test
  void all_that_is_said_is_compared_and_not_who_said_it() {
    assertThat(CALL.input().onlyText()).isEmpty();
    assertThat(CALL.text().lines())
        .containsExactly(
            "Where is it?",
            "find_order {\"number\":7}",
            "In Leeds",
            "And this one?",
            Digest.ofText("data:image/png;base64,AAAA").toString());
  }

  @Test
  void only_the_last_text_of_a_user_is_changed() {
    Input changed = CALL.input().withQuestion(text -> text.toUpperCase(Locale.ROOT));

    assertThat(changed.messages().getFirst().path("content").asString()).isEqualTo("WHERE IS IT?");
    assertThat(changed.messages().subList(1, 4)).isEqualTo(CALL.input().messages().subList(1, 4));
    assertThat(CALL.text()).startsWith("Where");
  }

  @Test
  void what_is_written_is_read_again_to_the_digit(@TempDir Path directory) throws IOException {
    Path file = directory.resolve("items.jsonl");
    try (ItemFile.Writer writer = new ItemFile.Writer(file)) {
      writer.write(CALL);
      writer.write(Item.ofText("b2", "Tea / coffee", null));
      assertThat(writer.itemCount()).isEqualTo(2);
    }

    assertThat(Files.readString(file))
        .contains("\"arguments\":{\"number\":8.50}", "\"price\":1.50", "Tea / coffee");
    try (ItemFile.Reader reader = new ItemFile.Reader(Files.newInputStream(file))) {
      assertThat(reader.next()).isEqualTo(CALL);
      long second = reader.offset();
      assertThat(reader.next()).isEqualTo(Item.ofText("b2", "Tea / coffee", null));
      assertThat(reader.next()).isNull();
      try (ItemFile.RandomAccessReader randomAccessReader = new ItemFile.RandomAccessReader(file)) {
        assertThat(randomAccessReader.read(second).itemId()).isEqualTo("b2");
        assertThat(randomAccessReader.read(0)).isEqualTo(CALL);
      }
    }
  }

  @Test
  void a_line_that_is_no_item_is_refused() {
    assertThatThrownBy(() -> item("{\"id\":\"1\",\"text\":\"Hello\"}"))
        .isInstanceOf(JacksonException.class)
        .hasMessageContaining("an item has an id");
  }

  @Test
  void a_subset_has_no_metadata() {
    assertThat(CALL.withoutMetadata().metadata()).isEmpty();
    assertThat(CALL.withoutMetadata().expected()).isEqualTo(CALL.expected());
  }

  private static Item item(String json) {
    try (ItemFile.Reader reader =
        new ItemFile.Reader(
            new ByteArrayInputStream(json.replace("\n", "").getBytes(StandardCharsets.UTF_8)))) {
      return Objects.requireNonNull(reader.next());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void the_question_is_what_the_user_said_last() {
    assertThat(CALL.input().question()).isEqualTo("And this one?");
  }

  @Test
  void the_question_of_variables_alone_is_the_longest_text_among_them() {
    assertThat(
            item("""
            {"itemId":"q2","input":{"variables":{"tier":"gold","n":7,"question":"May I return it?"}}}
            """)
                .input()
                .question())
        .isEqualTo("May I return it?");
  }
}
