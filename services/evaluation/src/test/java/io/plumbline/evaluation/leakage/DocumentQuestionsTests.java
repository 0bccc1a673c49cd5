package io.plumbline.evaluation.leakage;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.evaluation.leakage.Leakage.Source;
import io.plumbline.items.Document;
import io.plumbline.items.Expected;
import io.plumbline.items.Input;
import io.plumbline.items.Item;
import io.plumbline.items.PassageReference;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Tests which questions of items a document gives away. */
class DocumentQuestionsTests {

  private static final String LONG =
      "How many days after the delivery of a defective product can the customer return it for"
          + " free?";

  private final ItemMatcher matcher = new ItemMatcher();

  private void item(String id, String question, String... answers) {
    matcher.add(
        new Item(
            id, Input.ofText(question), Expected.ofAnswers(List.of(answers), List.of()), null));
  }

  private void passages(String id, String question, PassageReference... passages) {
    matcher.add(
        new Item(id, Input.ofText(question), Expected.ofAnswers(null, List.of(passages)), null));
  }

  private List<String> leaking(String document) {
    return leaking("", document);
  }

  private List<String> leaking(String title, String text) {
    matcher.compareDocument(Source.INDEX, new Document("docs/a.md", title, text, null, null));
    return List.copyOf(matcher.leakingItemIds());
  }

  @Test
  void a_document_with_question_and_answer_leaks_the_item() {
    item("a", "How long?", "14 days");

    assertThat(leaking("# FAQ\n\n**how long**\n\nIt takes 14 Days.")).containsExactly("a");
    assertThat(matcher.leakage()).isEqualTo(new Leakage(1, 1, Map.of(Source.INDEX, 1)));
  }

  @Test
  void an_answer_alone_is_what_documents_are_for() {
    item("a", "How long?", "14 days");

    assertThat(leaking("You may return it within 14 days.")).isEmpty();
  }

  @Test
  void a_question_alone_is_no_leak() {
    item("a", "How long?", "14 days");
    item("long", LONG, "14 days");

    assertThat(leaking("How long? See below. " + LONG + " Ask us. It was 114 days ago.")).isEmpty();
  }

  @Test
  void question_and_answer_in_two_documents_are_no_leak() {
    item("a", "How long?", "14 days");

    assertThat(leaking("How long?")).isEmpty();
    assertThat(leaking("14 days.")).isEmpty();
  }

  @Test
  void a_title_is_read_with_the_text() {
    item("a", "How long?", "14 days");

    assertThat(leaking("How long?", "It takes 14 days.")).containsExactly("a");
  }

  /** A document with the question makes it easy to answer that there is no answer. */
  @Test
  void a_question_that_documents_do_not_answer_is_given_away_by_each_that_has_it() {
    item("a", "May I return a used car?");

    assertThat(leaking("You may return a car.")).isEmpty();
    assertThat(leaking("May I return a used car? That is not documented.")).containsExactly("a");
  }

  @Test
  void a_few_words_stand_in_documents_by_chance() {
    item("none", "How long?");
    passages("passages", "How long?", new PassageReference("docs/a.md", null, null));

    assertThat(leaking("How long? 14 days.")).isEmpty();
  }

  /** Every retrieval finds the right document if the question is written into it. */
  @Test
  void a_question_in_the_document_that_is_to_be_found_leaks_without_an_answer() {
    passages("here", "May I return a used car?", new PassageReference("docs/a.md", null, null));
    passages("there", "May I return a used car?", new PassageReference("docs/b.md", null, null));
    passages(
        "quoted",
        "May I return a used car?",
        new PassageReference("docs/b.md", null, "Cars are returned"));

    assertThat(leaking("May I return a used car?")).containsExactly("here");
    assertThat(leaking("May I return a used car? Cars are returned here."))
        .containsExactly("here", "quoted");
  }

  @Test
  void a_question_in_parts_is_found() {
    matcher.add(
        new Item(
            "a",
            new Input(
                List.of(
                    (ObjectNode)
                        JsonMapper.shared()
                            .readTree(
                                "{\"role\":\"user\",\"content\":[{\"type\":\"text\","
                                    + "\"text\":\"How long?\"}]}")),
                null),
            Expected.ofAnswers(List.of("14 days"), List.of()),
            null));

    assertThat(leaking("How long? 14 days.")).containsExactly("a");
  }

  @Test
  void a_question_that_was_changed_a_little_is_found_beside_its_answer() {
    item("long", LONG, "14 days", "two weeks");

    assertThat(leaking(LONG.replace("customer", "buyer") + " Within two weeks."))
        .containsExactly("long");
  }

  @Test
  void parts_of_words_are_no_words() {
    item("a", "How long?", "4 days");

    assertThat(leaking("How long? 14 days.")).isEmpty();
    assertThat(leaking("Show long? 4 days.")).isEmpty();
  }

  @Test
  void the_question_of_variables_is_their_longest_value() {
    matcher.add(
        new Item(
            "a",
            new Input(
                null,
                null,
                JsonMapper.shared()
                    .createObjectNode()
                    .put("question", "How long?")
                    .put("tier", "A"),
                null),
            Expected.ofAnswers(List.of("14 days"), List.of()),
            null));

    assertThat(leaking("How long? 14 days.")).containsExactly("a");
  }

  @Test
  void the_question_of_a_conversation_is_its_last_message() {
    List<ObjectNode> messages =
        List.of(
            (ObjectNode) JsonMapper.shared().readTree("{\"role\":\"user\",\"content\":\"Hi\"}"),
            (ObjectNode)
                JsonMapper.shared().readTree("{\"role\":\"user\",\"content\":\"How long?\"}"));
    matcher.add(
        new Item(
            "a",
            new Input(messages, null),
            Expected.ofAnswers(List.of("14 days"), List.of()),
            null));

    assertThat(leaking("How long? 14 days.")).containsExactly("a");
  }
}
