package io.plumbline.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.plumbline.contracts.Digest;
import io.plumbline.contracts.InferenceEvent.FallbackModel;
import io.plumbline.contracts.InferenceEvent.VariantCreated;
import io.plumbline.contracts.ModelRegistryEvent.BaseModelListed;
import io.plumbline.contracts.Money;
import io.plumbline.contracts.PromptRegistryEvent.PromptVersionPublished;
import io.plumbline.contracts.TaskType;
import io.plumbline.contracts.state.Outcome;
import io.plumbline.inference.FaultyModels.Behaviour;
import io.plumbline.platform.identity.Role;
import io.plumbline.platform.test.TestClient;
import io.plumbline.platform.test.TestClient.Answer;
import io.plumbline.platform.test.TestEventClient;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

/** Tests variants whose model fails and whose fallback models answer. */
class FallbackTests extends InferenceTest {

  private static final String ECHO =
      "{\"messages\":[{\"role\":\"user\",\"content\":\"{{text}}\"}],"
          + "\"variables\":{\"type\":\"object\","
          + "\"properties\":{\"text\":{\"type\":\"string\"}},"
          + "\"required\":[\"text\"]},\"examples\":[],\"parameters\":{\"temperature\":0}}";

  private static final String CHOICE =
      "{\"messages\":[{\"role\":\"user\",\"content\":\"{{text}}\"}],"
          + "\"variables\":{\"type\":\"object\",\"properties\":{\"text\":{\"type\":\"string\"}},"
          + "\"required\":[\"text\"]},\"examples\":[],\"parameters\":{},"
          + "\"responseFormat\":{\"type\":\"object\",\"properties\":{\"label\":{\"enum\":[\"ham\",\"spam\"]}},"
          + "\"required\":[\"label\"]}}";

  private static final Pattern MARK = Pattern.compile("from (m\\d)");

  @Autowired TestClient client;
  @Autowired TestEventClient events;

  private final String suffix = UUID.randomUUID().toString().substring(0, 8);
  private final String provider = "f" + suffix;
  private final String dead = "d" + suffix;
  private final String application = "mail-" + suffix;
  private final Digest criteria = Digest.ofText("criteria of " + application);
  private final Digest echo = NEIGHBOURS.publish(ECHO);
  private final FaultyModels models = new FaultyModels();
  private TestClient.TestCaller root;
  private TestClient.TestCaller ada;
  private ReleaseSteps releases;

  @BeforeEach
  void govern() {
    root = client.as("root", Role.ADMIN);
    ada = client.as("ada", Role.PROMPT_ENGINEER, Role.ML_ENGINEER);
    releases = new ReleaseSteps(events, ada);
    publish(echo);
    register(events, application, TaskType.CLASSIFICATION);
    releases.registerCriteria(application, criteria);
    connect(client, provider, models.url());
    connect(client, dead, FaultyModels.nowhere());
  }

  @AfterEach
  void stop() {
    models.close();
  }

  @ParameterizedTest
  @EnumSource(names = {"FAILS", "UNAVAILABLE", "RATE_LIMITED", "EXHAUSTED", "HANGS_UP"})
  void a_failure_that_says_nothing_about_the_request_is_answered_by_the_next_model(
      Behaviour failure) {
    String variant = variant(echo, name("m0"), name("m1"));
    models.set("m0", failure);

    for (boolean stream : List.of(false, true)) {
      Answer answer = call(variant, stream);

      assertThat(answer.status()).as(answer.body()).isEqualTo(200);
      assertThat(marks(answer)).containsExactly("m1");
      assertThat(answer.header("x-plumbline-fallback")).isEqualTo(name("m1"));
      assertThat(answer.header("x-plumbline-variant")).isEqualTo(variant);
      assertThat(models.asked()).containsExactly("m0", "m1");
    }
  }

  @Test
  void a_refused_connection_leads_to_the_next_model_and_the_trace_says_why() {
    String variant = variant(echo, dead + "/m0", name("m1"), name("m2"));
    list(name("m2"), "3");
    models.set("m1", Behaviour.FAILS);

    Answer answer = call(variant, false);

    assertThat(marks(answer)).containsExactly("m2");
    assertThat(answer.header("x-plumbline-cost")).isEqualTo("0.000015 USD");
    JsonNode detail = traced(ada, answer);
    assertThat(detail.at("/trace/model").asString()).isEqualTo(name("m2"));
    assertThat(detail.at("/trace/status").asString()).isEqualTo("OK");
    assertThat(
            detail
                .path("steps")
                .valueStream()
                .filter(step -> step.path("kind").asString().equals("CALL"))
                .map(InferenceTest::details))
        .containsExactly(
            Map.of("model", dead + "/m0", "error", "provider_unreachable"),
            Map.of("model", name("m1"), "error", "provider_failed"),
            Map.of("model", name("m2")));
    awaitMetered(name("m2"), 3, 2);
    awaitMetered(dead + "/m0", 0, 0);
  }

  @Test
  void a_model_that_is_silent_until_its_deadline_is_replaced() {
    String impatient = "i" + suffix;
    Answer connected =
        root.post(
            "/api/providers",
            Map.of(
                "name",
                impatient,
                "kind",
                "openai-compatible",
                "baseUrl",
                models.url(),
                "deadlineSeconds",
                1));
    assertThat(connected.status()).as(connected.body()).isEqualTo(201);
    String variant = variant(echo, impatient + "/m0", name("m1"));
    models.set("m0", Behaviour.SILENT);

    assertThat(marks(call(variant, true))).containsExactly("m1");
    assertThat(marks(call(variant, false))).containsExactly("m1");
  }

  @ParameterizedTest
  @EnumSource(names = {"REFUSES", "REFUSES_KEY"})
  void no_other_model_is_asked_what_one_refused(Behaviour refusal) {
    String variant = variant(echo, name("m0"), name("m1"));
    models.set("m0", refusal);

    for (boolean stream : List.of(false, true)) {
      Answer answer = call(variant, stream);

      assertThat(answer.status()).isIn(400, 502);
      assertThat(answer.header("x-plumbline-fallback")).isEmpty();
      assertThat(models.asked()).containsExactly("m0");
    }
  }

  @Test
  void a_stream_under_way_is_not_continued_by_another_model() {
    String variant = variant(echo, name("m0"), name("m1"));
    models.set("m0", Behaviour.DIES);

    Answer answer = call(variant, true);

    assertThat(answer.body()).contains("stream_broken");
    assertThat(marks(answer)).containsExactly("m0");
    assertThat(models.asked()).containsExactly("m0");
  }

  @Test
  void the_failure_of_the_last_model_is_what_the_caller_learns() {
    String variant = variant(echo, name("m0"), name("m1"));
    models.set("m0", Behaviour.FAILS);
    models.set("m1", Behaviour.RATE_LIMITED);

    Answer answer = call(variant, false);

    assertThat(answer.status()).isEqualTo(429);
    assertThat(answer.header("Retry-After")).isEqualTo("60");
    assertThat(trace(ada, answer).path("model").asString()).isEqualTo(name("m0"));
  }

  /** Gives each model a window of its own, so that the third reads what the second does not. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void a_model_that_reads_less_than_the_call_is_passed_over_and_the_trace_says_so(boolean stream) {
    String variant = variant(echo, name("m0"), name("m1"), name("m2"));
    list(name("m2"), 2_000, "1");
    list(name("m1"), 20, "1");
    String text = "wonderful weather ".repeat(20);
    String other = variant(echo, name("m1"));
    await().atMost(Duration.ofSeconds(60)).until(() -> call(other, stream, text).status() == 400);
    models.set("m0", Behaviour.FAILS);
    models.asked();

    Answer answer = call(variant, stream, text);

    assertThat(marks(answer)).as(answer.body()).containsExactly("m2");
    assertThat(models.asked()).containsExactly("m0", "m2");
    assertThat(answer.header("x-plumbline-fallback")).isEqualTo(name("m2"));
    List<Map<String, String>> steps =
        traced(ada, answer)
            .path("steps")
            .valueStream()
            .filter(step -> List.of("FIT", "CALL").contains(step.path("kind").asString()))
            .map(InferenceTest::details)
            .toList();
    assertThat(steps).hasSize(6);
    assertThat(steps.get(2)).containsEntry("window", "20");
    assertThat(steps.get(3))
        .isEqualTo(Map.of("model", name("m1"), "error", "context_length_exceeded"));
    assertThat(steps.get(4)).containsEntry("window", "2000");
    assertThat(steps.get(5)).isEqualTo(Map.of("model", name("m2")));
  }

  @Test
  void an_answer_by_another_model_is_not_kept_as_the_variants_own() {
    String variant = variant(echo, name("m0"), name("m1"));
    models.set("m0", Behaviour.FAILS);
    assertThat(marks(call(variant, false))).containsExactly("m1");
    models.set("m0", Behaviour.ANSWERS);

    Answer recovered = call(variant, false);

    assertThat(recovered.header("x-plumbline-cache")).isEqualTo("miss");
    assertThat(marks(recovered)).containsExactly("m0");
    assertThat(call(variant, false).header("x-plumbline-cache")).isEqualTo("hit");
  }

  @Test
  void a_local_model_answers_last_also_a_caller_that_wants_a_stream() {
    Digest choice = NEIGHBOURS.publish(CHOICE);
    publish(choice);
    String variant = variant(choice, dead + "/m0", "local/choice-minilm");

    Answer whole = call(variant, false);
    Answer streamed = call(variant, true);

    assertThat(whole.status()).as(whole.body()).isEqualTo(200);
    assertThat(whole.header("x-plumbline-fallback")).isEqualTo("local/choice-minilm");
    assertThat(whole.body()).contains("label");
    assertThat(streamed.header("x-plumbline-fallback")).isEqualTo("local/choice-minilm");
    assertThat(streamed.body()).contains("label", "data: [DONE]");
  }

  @Test
  void the_event_of_a_variant_names_all_of_its_models() {
    String variant = variant(echo, name("m0"), dead + "/m1");

    VariantCreated created =
        events.awaitPublished(
            VariantCreated.class, event -> event.variantDigest().hex().equals(variant));

    assertThat(created.models())
        .extracting(FallbackModel::model)
        .containsExactly(name("m0"), dead + "/m1");
    assertThat(created.models())
        .extracting(FallbackModel::connectionDigest)
        .containsExactly(connection(provider), connection(dead));
  }

  @Test
  void a_chain_is_short() {
    Answer refused =
        ada.post(
            "/api/variants",
            variantOf(
                application,
                echo,
                name("m0"),
                Map.of("fallback", List.of(name("m1"), name("m2"), name("m3"), name("m4")))));

    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.body()).contains("fallback");
  }

  @Test
  void a_provider_is_not_removed_while_the_fallback_of_a_serving_release_needs_it() {
    releases.activatePolicy();
    String variant = variant(echo, name("m0"), dead + "/m1");
    UUID verdict = releases.judge(application, variant, criteria, Outcome.PASS);
    Map<String, Object> request =
        Map.of("application", application, "variantDigest", variant, "verdictId", verdict);
    String release =
        settled(() -> ada.post("/api/releases", request)).json().path("releaseId").asString();
    releases.approve(release, variant);
    releases.awaitState(release, "ACTIVE");

    Answer refused = root.delete("/api/providers/" + dead);

    assertThat(refused.status()).isEqualTo(409);
    assertThat(refused.json().path("type").asString()).isEqualTo("/problems/provider-in-use");
    assertThat(refused.body()).contains(release);
    JsonNode hanging =
        ada.get("/api/variants?connectionDigest=" + connection(dead).hex()).json().path("items");
    assertThat(hanging.valueStream().map(each -> each.path("variantDigest").asString()))
        .containsExactly(variant);
    assertThat(hanging.at("/0/serving/0/releaseId").asString()).isEqualTo(release);
    assertThat(hanging.at("/0/fallback/0/model").asString()).isEqualTo(dead + "/m1");
  }

  /** Tries random behaviours and failures of each model. */
  @Test
  void no_answer_has_words_of_two_models() {
    Random random = new Random(11);
    String variant = variant(echo, name("m0"), name("m1"), name("m2"), name("m3"));
    List<Behaviour> behaviours =
        List.of(
            Behaviour.ANSWERS,
            Behaviour.FAILS,
            Behaviour.UNAVAILABLE,
            Behaviour.RATE_LIMITED,
            Behaviour.HANGS_UP,
            Behaviour.DIES,
            Behaviour.REFUSES);
    for (int i = 0; i < 60; i++) {
      for (int model = 0; model < 4; model++) {
        models.set("m" + model, behaviours.get(random.nextInt(behaviours.size())));
      }

      Answer answer = call(variant, i % 2 == 0, "question " + i);

      List<String> marks = marks(answer);
      assertThat(marks).as(answer.body()).hasSizeLessThanOrEqualTo(1);
      String fallback = answer.header("x-plumbline-fallback");
      if (!marks.isEmpty()) {
        assertThat(fallback).isEqualTo(marks.contains("m0") ? "" : name(marks.getFirst()));
      }
      assertThat(models.asked()).doesNotHaveDuplicates().isSorted();
    }
  }

  /** Returns the models whose words are in an answer. */
  private static List<String> marks(Answer answer) {
    return MARK.matcher(answer.body())
        .results()
        .map(MatchResult::group)
        .distinct()
        .map(mark -> mark.substring("from ".length()))
        .toList();
  }

  private String name(String model) {
    return provider + "/" + model;
  }

  private Digest connection(String of) {
    return new Digest(root.get("/api/providers/" + of).json().path("connectionDigest").asString());
  }

  private void publish(Digest prompt) {
    events.publish(
        new PromptVersionPublished("echo", 1, prompt, null, "ada", "first"), prompt.hex(), 1);
  }

  /** Lists a model with one price for all its tokens. */
  private void list(String model, String perMillion) {
    list(model, 512, perMillion);
  }

  private void list(String model, int window, String perMillion) {
    events.publish(
        new BaseModelListed(
            model,
            Digest.ofText("m"),
            provider,
            window,
            Money.usd(perMillion),
            null,
            Money.usd(perMillion),
            "Apache-2.0",
            null,
            true),
        model,
        1);
  }

  private String variant(Digest prompt, String model, String... fallback) {
    return createVariant(
        ada, variantOf(application, prompt, model, Map.of("fallback", List.of(fallback))));
  }

  private Answer call(String variant, boolean stream) {
    return call(variant, stream, "hi");
  }

  private Answer call(String variant, boolean stream, String text) {
    return ada.post(
        "/v1/chat/completions",
        Map.of(
            "model",
            "variant/" + variant,
            "stream",
            stream,
            "messages",
            List.of(Map.of("role", "user", "content", text))));
  }
}
