package io.plumbline.datasetregistry.staleness;

import static io.plumbline.datasetregistry.staleness.StaleCause.ANSWER_GONE;
import static io.plumbline.datasetregistry.staleness.StaleCause.DOCUMENT_CHANGED;
import static io.plumbline.datasetregistry.staleness.StaleCause.DOCUMENT_GONE;
import static io.plumbline.datasetregistry.staleness.StaleCause.QUOTE_GONE;
import static io.plumbline.datasetregistry.staleness.StaleCause.SECTION_GONE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plumbline.datasetregistry.staleness.StaleQuestionCheck.Found;
import io.plumbline.items.Document;
import io.plumbline.items.Expected;
import io.plumbline.items.Input;
import io.plumbline.items.Item;
import io.plumbline.items.PassageReference;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class StaleQuestionCheckTests {

  private final StaleQuestionCheck check = new StaleQuestionCheck(() -> {});

  private static Document document(String id, String text) {
    return new Document(id, "Tyre changes", text, null, null);
  }

  private void ask(List<String> answers, PassageReference... passages) {
    check.addQuestion(
        1,
        0,
        new Item(
            "q1",
            Input.ofText("What does it cost?"),
            Expected.ofAnswers(answers, List.of(passages)),
            null));
  }

  private static PassageReference quote(@Nullable String section, @Nullable String text) {
    return new PassageReference("tyres.md", section, text);
  }

  private List<Found> foundIn(String text) {
    check.checkDocument(document("tyres.md", text));
    check.finishDocuments();
    return check.result().stale().stream().flatMap(stale -> stale.causes().stream()).toList();
  }

  @Test
  void a_quote_is_found_whatever_its_case_punctuation_and_line_breaks() {
    ask(List.of("37 euros"), quote(null, "A tyre change costs **37 euros**."));

    assertThat(foundIn("# Price\n\nA tyre  change\ncosts 37 Euros!")).isEmpty();
  }

  @Test
  void a_quote_that_the_document_no_longer_has_is_gone() {
    ask(List.of("37 euros"), quote(null, "A tyre change costs 37 euros."));

    assertThat(foundIn("A tyre change costs 41 euros."))
        .containsExactly(new Found(QUOTE_GONE, 0, "tyres.md"));
  }

  @Test
  void a_quote_is_found_as_whole_words_alone() {
    ask(List.of("4"), quote(null, "costs 4"));

    assertThat(foundIn("It costs 41 euros.")).containsExactly(new Found(QUOTE_GONE, 0, "tyres.md"));
  }

  @Test
  void a_section_that_the_document_no_longer_has_is_gone_and_its_title_is_a_heading() {
    ask(List.of("a"), quote("Tyre changes > Price", null), quote("Opening hours", null));

    assertThat(foundIn("# Price\n\n37 euros"))
        .containsExactly(new Found(SECTION_GONE, 1, "tyres.md"));
  }

  @Test
  void a_document_that_is_not_there_is_gone_with_each_passage_in_it() {
    ask(
        List.of("a"),
        quote(null, "37"),
        new PassageReference("hours.md", null, "nine"),
        new PassageReference("hours.md", null, "ten"));

    assertThat(foundIn("37 euros"))
        .containsExactly(
            new Found(DOCUMENT_GONE, 1, "hours.md"), new Found(DOCUMENT_GONE, 2, "hours.md"));
  }

  @Test
  void a_question_without_passages_is_held_against_nothing() {
    ask(List.of());
    check.finishDocuments();

    StaleQuestionCheck.Result result = check.result();

    assertThat(result.stale()).isEmpty();
    assertThat(List.of(result.questions(), result.withPassages())).containsExactly(1L, 0L);
  }

  @Test
  void an_answer_that_stood_in_the_earlier_document_and_no_longer_does_is_gone() {
    ask(List.of("37 euros", "a fair price"), quote("Price", null));
    check.checkDocument(document("tyres.md", "# Price\n\nIt is 41 euros."));
    check.finishDocuments();
    check.compareEarlier(document("tyres.md", "# Price\n\nIt is 37 euros."));
    check.finishEarlierDocuments();

    assertThat(check.result().stale().getFirst().causes())
        .containsExactly(
            new Found(ANSWER_GONE, 0, "tyres.md"), new Found(DOCUMENT_CHANGED, 0, "tyres.md"));
  }

  @Test
  void a_document_without_a_difference_is_not_changed() {
    ask(List.of("37 euros"), quote(null, null));
    check.checkDocument(document("tyres.md", "It is 41 euros."));
    check.finishDocuments();
    check.compareEarlier(document("tyres.md", "It is 41 euros."));
    check.compareEarlier(document("hours.md", "Nine to five."));
    check.finishEarlierDocuments();

    assertThat(check.result().stale()).isEmpty();
  }

  @Test
  void questions_are_counted_by_cause_and_only_causes_that_were_looked_for() {
    ask(List.of("a"), quote(null, "first"), quote(null, "second"));

    foundIn("neither");

    assertThat(check.result().counts())
        .isEqualTo(Map.of(DOCUMENT_GONE, 0L, QUOTE_GONE, 1L, SECTION_GONE, 0L));
  }

  @Test
  void a_check_can_be_ended_between_comparisons() {
    StaleQuestionCheck ended =
        new StaleQuestionCheck(() -> {
          throw new IllegalStateException("too long");
        });
    ended.addQuestion(
        1,
        0,
        new Item(
            "q1",
            Input.ofText("Why?"),
            Expected.ofAnswers(List.of("a"), List.of(quote(null, "b"))),
            null));

    assertThatThrownBy(() -> ended.checkDocument(document("tyres.md", "b")))
        .isInstanceOf(IllegalStateException.class);
  }
}
