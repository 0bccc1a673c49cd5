package io.plumbline.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.contracts.Digest;
import io.plumbline.platform.test.PlumblineTest;
import io.plumbline.platform.test.TestClient.Answer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Tests that a run is no evidence when its variant used the items, or when nobody can know. */
@PlumblineTest
class LeakageJourneyTests extends EvaluationFixture {

  @Test
  void a_run_is_refused_when_its_variant_used_the_test_items_under_another_name() {
    String application = "leaks";
    application(application);
    String suite = publishedSuite("leaks", split("leaks"));
    criteria(application, suite, 4, CRITERIA);

    // A later split has test rows in capitals in its subset "train".
    List<String> stolen =
        IntStream.range(0, 120).mapToObj(i -> mail("leaks", i).replace("mail", "MAIL")).toList();
    Digest leaky = Digest.ofText("leaky model");
    trained(
        leaky,
        split(
            "leaks-renamed",
            true,
            Map.of("train", stolen, "validation", mails("leaks-a"), "test", mails("leaks-b"))));
    Digest variant = Digest.ofText("leaky variant");
    variant(application, variant, "triage@1", leaky, null);
    Answer refused = awaitState(startRun(application, suite, variant), "FAILED");
    assertThat(refused.json().at("/reason").asString())
        .startsWith(
            "Leaking items: 100 of 100 items (100.0%, tolerated are 1%) are in what the variant"
                + " used: 100 in the training set.");
    assertThat(refused.json().at("/leakage/sources/TRAINING").asInt()).isEqualTo(100);
    assertThat(INFERENCE.callsOf(variant)).isZero();

    // A run of a variant that was trained on a clean split is evidence.
    Digest clean = Digest.ofText("clean model");
    trained(clean, split("leaks-clean"));
    Digest healed = Digest.ofText("healed variant");
    variant(application, healed, "triage@2", clean, null);
    String finished = finishedRun(application, suite, healed);
    assertThat(ada().get("/api/runs/" + finished).json().at("/leakage/leaking").asInt()).isZero();
    // A run that was rejected before a question was sent is no attempt.
    assertThat(attempts(suite, 4)).containsExactly(1, 3);
  }

  @Test
  void a_test_item_inside_a_longer_training_row_is_found() {
    String application = "quoted";
    application(application);
    List<String> rows = letters("quoted", "plumbline");
    String suite = publishedSuite(plain("quoted", split("quoted", true, Map.of("test", rows))));
    criteria(application, suite);
    List<String> quoting =
        rows.stream()
            .map(line ->
                line.replace(
                    "\"content\":\"",
                    "\"content\":\""
                        + "Forwarded by the other team, who asked twice what to do with it. "
                            .repeat(9)))
            .toList();
    Digest model = Digest.ofText("quoting model");
    trained(
        model,
        split(
            "quoting",
            true,
            Map.of(
                "train", quoting, "validation", mails("quoting-a"), "test", mails("quoting-b"))));
    Digest variant = Digest.ofText("quoting variant");
    variant(application, variant, "triage@1", model, null);

    assertThat(
            awaitState(startRun(application, suite, variant), "FAILED")
                .json()
                .at("/reason")
                .asString())
        .contains("120 in the training set");
  }

  @Test
  void the_subset_that_chose_the_checkpoint_and_the_index_leak_too() {
    String application = "sources";
    application(application);
    String suite = publishedSuite("sources", split("sources"));
    criteria(application, suite, 4, CRITERIA);
    Digest swapped =
        split(
            "sources-swapped",
            true,
            Map.of(
                "train", mails("sources-c"),
                "validation", mails("sources"),
                "test", mails("sources-d")));
    Digest model = Digest.ofText("chosen by test items");
    trained(model, swapped);
    Digest chosen = Digest.ofText("chosen variant");
    variant(application, chosen, "triage@1", model, null);
    Digest index = Digest.ofText("index of test items");
    indexed(index, swapped, "validation");
    Digest indexed = Digest.ofText("indexed variant");
    variant(application, indexed, "local/choice", null, index);

    assertThat(
            awaitState(startRun(application, suite, chosen), "FAILED")
                .json()
                .at("/reason")
                .asString())
        .contains("100 in the validation subset that chose the checkpoint");
    assertThat(
            awaitState(startRun(application, suite, indexed), "FAILED")
                .json()
                .at("/reason")
                .asString())
        .contains("100 in the index");
  }

  @Test
  void a_few_leaking_items_are_left_out_and_counted() {
    String application = "few";
    application(application);
    List<String> test = new ArrayList<>(mails("few"));
    test.set(0, line("few0", "Subject: example\n\nbuy now or never", "spam"));
    Map<String, Object> all = new HashMap<>(suite("few", split("few", true, Map.of("test", test))));
    all.put("maxItems", 120);
    String suite = publishedSuite(all);
    criteria(application, suite, 1, CRITERIA);
    Digest variant = Digest.ofText("few variant");
    variant(application, variant);
    String run = finishedRun(application, suite, variant);
    Answer finished = ada().get("/api/runs/" + run);
    assertThat(finished.json().at("/leakage").toString())
        .isEqualTo("{\"items\":120,\"leaking\":1,\"sources\":{\"EXAMPLES\":1}}");
    assertThat(finished.json().at("/metrics/accuracy/observations").asInt()).isEqualTo(119);
    String items = "/api/runs/" + run + "/items?limit=100";
    assertThat(ada().get(items).json().at("/items").size()).isEqualTo(100);
    assertThat(ada().get(items).body()).doesNotContain("\"few0\"");
  }

  @Test
  void a_server_that_fails_every_call_ends_a_run_early_where_items_are_left_out_too() {
    String application = "few-dead";
    application(application);
    List<String> test = new ArrayList<>(mails("few-dead"));
    test.set(0, line("few-dead0", "Subject: example\n\nbuy now or never", "spam"));
    Map<String, Object> all =
        new HashMap<>(suite("few-dead", split("few-dead", true, Map.of("test", test))));
    all.put("maxItems", 120);
    String suite = publishedSuite(all);
    criteria(application, suite, 1, CRITERIA);
    Digest variant = Digest.ofText("few dead variant");
    variant(application, variant);
    INFERENCE.fails(variant);

    Answer failed = awaitState(startRun(application, suite, variant), "FAILED");

    assertThat(failed.json().at("/leakage/leaking").asInt()).isEqualTo(1);
    assertThat(failed.json().at("/reason").asString())
        .startsWith("None of the first 4 items got an answer in 10 s");
  }

  @Test
  void a_run_is_refused_when_its_prompt_cannot_be_read() {
    String application = "unread";
    application(application);
    String suite = publishedSuite("unread", split("unread"));
    criteria(application, suite);
    Digest prompt = Digest.ofText("prompt whose messages are not answered");
    INFERENCE.promptVersion(prompt, "{\"prompt\": \"triage\", \"version\": 1, \"examples\": []}");
    Digest variant = Digest.ofText("variant of an unread prompt");
    variant(application, variant, prompt, "local/choice", null, null);

    assertThat(
            awaitState(startRun(application, suite, variant), "FAILED")
                .json()
                .at("/reason")
                .asString())
        .startsWith(
            "The items cannot be compared with prompt version %s, and no question was sent:"
                    .formatted(prompt.abbreviated())
                + " prompt-registry answered something that is no complete prompt version.");
    assertThat(INFERENCE.callsOf(variant)).isZero();
  }

  @Test
  void lineage_that_has_not_arrived_is_not_guessed() {
    String application = "unknown";
    application(application);
    String suite = publishedSuite("unknown", split("unknown"));
    criteria(application, suite);
    Digest variant = Digest.ofText("variant of an unknown model");
    variant(application, variant, "triage@9", Digest.ofText("unknown model"), null);
    awaitProblem("not-yet-known", () -> ada().post("/api/runs", run(application, suite, variant)));
    trained(Digest.ofText("unknown model"), split("unknown-training"));
    finishedRun(application, suite, variant);
  }
}
