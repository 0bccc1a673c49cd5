package io.plumbline.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.plumbline.contracts.Digest;
import io.plumbline.platform.test.PlumblineTest;
import io.plumbline.platform.test.TestClient.Answer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** Tests that attempts count by the content of the items, however these are published again. */
@PlumblineTest
class AttemptJourneyTests extends EvaluationFixture {

  /**
   * Starts runs of 12 variants at once, in two applications, over two suites with the same items.
   */
  @Test
  void attempts_count_by_the_content_of_the_items_wherever_they_are_made() throws Exception {
    Digest split = split("counted");
    String first = publishedSuite("counted", split);
    Map<String, Object> fewer = new HashMap<>(suite("counted-again", split));
    fewer.put("maxItems", 60);
    String second = publishedSuite(fewer);
    List<Callable<Answer>> starts = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      String application = "counted-" + i % 2;
      Digest variant = Digest.ofText("counted variant " + i);
      if (i < 2) {
        application(application);
        criteria(application, i == 0 ? first : second, 3, CRITERIA);
      }
      variant(application, variant);
      Map<String, Object> run = run(application, i % 2 == 0 ? first : second, variant);
      starts.add(() -> awaitAnswer(() -> ada().post("/api/runs", run)));
    }
    List<String> answers = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(6)) {
      for (Future<Answer> start : threads.invokeAll(starts)) {
        answers.add(start.get().status() == 202 ? "202" : problem(start.get()));
      }
    }
    assertThat(Collections.frequency(answers, "202")).isEqualTo(3);
    assertThat(Collections.frequency(answers, "attempts-spent")).isEqualTo(9);
  }

  /** Repeats a call until the events that it depends on have arrived. */
  private Answer awaitAnswer(Supplier<Answer> call) {
    return await()
        .atMost(Duration.ofSeconds(60))
        .until(
            call::get,
            answer ->
                answer.status() == 202
                    || !List.of("criteria-required", "not-yet-known").contains(problem(answer)));
  }

  @Test
  void new_criteria_are_a_new_attempt_and_give_back_nothing() {
    String application = "again";
    application(application);
    String suite = publishedSuite("again", split("again"));
    Digest criteria = criteria(application, suite, 2, CRITERIA);
    Digest variant = Digest.ofText("again variant");
    Digest other = Digest.ofText("other variant");
    List.of(variant, other).forEach(each -> variant(application, each));
    verdict(application, "RELEASE", finishedRun(application, suite, variant), criteria);
    finishedRun(application, suite, other);

    // A larger plan does not give back what was spent: two halves of the level are the whole.
    criteria(application, suite, 20, CRITERIA);
    awaitProblem(
        "attempts-spent",
        () -> ada().post("/api/runs", run(application, suite, Digest.ofText("again variant"))));
  }

  @Test
  void a_word_changed_in_each_item_makes_no_fresh_suite() {
    assertNotFresh("reworded", letters("reworded", "changed"));
  }

  @Test
  void filler_words_and_what_is_not_seen_make_no_fresh_suite() {
    assertNotFresh(
        "padded",
        letters("padded", "plumbline").stream()
            .map(line ->
                line.replaceAll("(word\\d?[0369]) ", "$1 well ").replace("word", "wo\u200brd"))
            .toList());
  }

  /** Asserts that rows are no fresh items after a suite of 120 texts has spent its plan. */
  private void assertNotFresh(String application, List<String> rows) {
    application(application);
    List<String> first = letters(application, "plumbline");
    String suite =
        publishedSuite(plain(application, split(application, true, Map.of("test", first))));
    criteria(application, suite, 1, CRITERIA);
    Digest variant = Digest.ofText(application + " variant");
    Digest other = Digest.ofText("variant on " + application + " items");
    List.of(variant, other).forEach(each -> variant(application, each));
    finishedRun(application, suite, variant);

    String name = application + "-b";
    String fresh = publishedSuite(plain(name, split(name, true, Map.of("test", rows))));
    criteria(application, fresh, 1, CRITERIA);
    awaitProblem("attempts-spent", () -> ada().post("/api/runs", run(application, fresh, other)));
  }

  @Test
  void exploration_is_free_unless_its_rows_become_test_items() {
    String application = "rows";
    application(application);
    List<String> rows = mails("rows");
    Digest renamed =
        split("rows-as-validation", true, Map.of("validation", rows, "train", mails("rows-t")));
    String exploration = publishedSuite(suite("rows-as-validation", renamed, "validation"));
    Digest variant = Digest.ofText("explored 0");
    variant(application, variant);
    String explored = finishedRun(application, exploration, variant);
    assertThat(ada().get("/api/runs/" + explored + "/items").status()).isEqualTo(200);

    Digest split = split("rows-as-test", true, Map.of("test", rows));
    String suite = publishedSuite("rows-as-test", split);
    criteria(application, suite, 20, CRITERIA);
    awaitProblem("outputs-opened", () -> ada().post("/api/runs", run(application, suite, variant)));
  }
}
