package io.plumbline.datasetregistry.staleness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plumbline.contracts.Digest;
import io.plumbline.datasetregistry.staleness.StaleQuestionCheckCache.Versions;
import io.plumbline.items.Document;
import io.plumbline.items.Expected;
import io.plumbline.items.Input;
import io.plumbline.items.Item;
import io.plumbline.items.ItemFile;
import io.plumbline.items.PassageReference;
import io.plumbline.platform.problem.Problem;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class StalenessLimitsTests {

  private static final Duration MAX_DURATION = Duration.ofSeconds(15);
  private static final Digest QUESTIONS = Digest.ofText("questions");
  private static final Digest DOCUMENTS = Digest.ofText("documents");
  private static final Digest EARLIER = Digest.ofText("earlier documents");

  private final AtomicLong now = new AtomicLong();

  @Test
  void a_version_of_more_bytes_is_refused_with_both_figures() {
    assertThatThrownBy(() -> StaleQuestions.requireSize("shop-pages", 4, 1025, 1024))
        .isInstanceOf(Problem.class)
        .hasMessageContaining("Version 4 of shop-pages has 1,025 bytes")
        .hasMessageContaining("at most 1,024");
    assertThatCode(() -> StaleQuestions.requireSize("shop-pages", 4, 1024, 1024))
        .doesNotThrowAnyException();
  }

  @Test
  void a_check_ends_at_the_first_step_after_its_time_and_not_before() {
    Deadline deadline = new Deadline(MAX_DURATION, now::get);

    now.set(MAX_DURATION.toNanos());
    assertThatCode(deadline::run).doesNotThrowAnyException();
    now.incrementAndGet();

    assertThatThrownBy(deadline::run)
        .isInstanceOf(Problem.class)
        .hasMessageContaining("more than 15 seconds")
        .hasMessageContaining("Divide the dataset");
  }

  @Test
  void reading_documents_that_no_question_names_is_timed_too() {
    Deadline deadline = new Deadline(MAX_DURATION, now::get);

    now.set(MAX_DURATION.toNanos() + 1);

    assertThatThrownBy(() -> check(deadline)).isInstanceOf(Problem.class);
  }

  @Test
  void documents_of_both_versions_are_timed_one_by_one() {
    AtomicInteger looks = new AtomicInteger();

    check(looks::incrementAndGet);

    assertThat(looks).hasValue(5);
  }

  /** Checks a question about a missing page against two pages and three earlier ones. */
  private static StaleQuestionCheck.Result check(Runnable deadline) {
    Item question =
        new Item(
            "q1",
            Input.ofText("Why?"),
            Expected.ofAnswers(
                List.of("so"), List.of(new PassageReference("gone.md", null, "so it is"))),
            null);
    Map<Digest, byte[]> contents =
        Map.of(
            QUESTIONS, lines(List.of(question)),
            DOCUMENTS, documents(2),
            EARLIER, documents(3));
    return StaleQuestions.runCheck(
        new Versions(QUESTIONS, DOCUMENTS, EARLIER),
        digest -> new ByteArrayInputStream(Objects.requireNonNull(contents.get(digest))),
        deadline);
  }

  private static byte[] documents(int number) {
    return lines(
        IntStream.range(0, number)
            .mapToObj(i -> new Document("page" + i, "Page", "It is so.", null, null))
            .map(
                page -> new Item(page.documentId(), Input.ofDocument(page), Expected.NOTHING, null))
            .toList());
  }

  private static byte[] lines(List<Item> items) {
    ByteArrayOutputStream lines = new ByteArrayOutputStream();
    for (Item item : items) {
      lines.writeBytes(ItemFile.toJsonBytes(item));
      lines.write('\n');
    }
    return lines.toByteArray();
  }

  @Test
  void words_are_timed_where_none_of_them_is_looked_for() {
    AtomicInteger looks = new AtomicInteger();
    String words = "word ".repeat(3 * WordSearch.MAX_UNTIMED_WORDS).strip();

    assertThat(new WordSearch(List.of("absent")).findIn(words, looks::incrementAndGet)).isEmpty();

    assertThat(looks).hasValue(3);
  }
}
