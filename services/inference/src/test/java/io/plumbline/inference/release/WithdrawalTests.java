package io.plumbline.inference.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.plumbline.contracts.ComplianceEvent.ApprovalDecided;
import io.plumbline.contracts.ComplianceEvent.PolicyActivated;
import io.plumbline.contracts.DatasetRegistryEvent.AdmissionDecided;
import io.plumbline.contracts.DatasetRegistryEvent.SplitDefined;
import io.plumbline.contracts.DatasetRegistryEvent.Subset;
import io.plumbline.contracts.Digest;
import io.plumbline.contracts.InferenceEvent.ReleaseChanged;
import io.plumbline.contracts.InferenceEvent.ReleaseDataWithdrawn;
import io.plumbline.contracts.InferenceEvent.WithdrawnPart;
import io.plumbline.contracts.ModelRegistryEvent.ModelVersionRegistered;
import io.plumbline.contracts.PromptRegistryEvent.PromptVersionPublished;
import io.plumbline.contracts.state.Decision;
import io.plumbline.contracts.state.Outcome;
import io.plumbline.contracts.state.ReleaseState;
import io.plumbline.inference.InferenceProblem;
import io.plumbline.inference.InferenceTest;
import io.plumbline.inference.context.ContextOverflowPolicy;
import io.plumbline.inference.variant.CallerPolicy;
import io.plumbline.inference.variant.Variant;
import io.plumbline.inference.variant.VariantCatalog;
import io.plumbline.inference.variant.VariantParameters;
import io.plumbline.localmodels.EncoderModel;
import io.plumbline.platform.digest.Ids;
import io.plumbline.platform.event.EventHandlers;
import io.plumbline.platform.event.EventMetadata;
import io.plumbline.platform.identity.Role;
import io.plumbline.platform.problem.Problem;
import io.plumbline.platform.test.TestClient;
import io.plumbline.platform.test.TestClient.Answer;
import io.plumbline.platform.test.TestEventClient;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;

/** Tests what becomes of releases whose data lose their admission; each has its own workspace. */
class WithdrawalTests extends InferenceTest {

  /** The time of the withdrawal. */
  private static final Instant SINCE = Instant.parse("2026-12-01T10:00:00Z");

  private static final String THIRTY_DAYS =
      "[{\"name\":\"a-month\",\"expression\":\"withdrawal.days < 30\","
          + "\"message\":\"Withdrawn data serve for 30 days.\"}]";

  /** Takes some hundred thousand steps for each day. */
  private static final String COSTLY =
      "[{\"name\":\"costly\",\"expression\":\"NUMBERS.all(a, NUMBERS.all(b, a + b <"
          .concat(" 100)) && withdrawal.days < 2000\",\"message\":\"Never.\"}]")
          .replace("NUMBERS", IntStream.range(0, 25).boxed().toList().toString());

  @Autowired ReleaseLifecycle lifecycle;
  @Autowired WithdrawalWatch watch;
  @Autowired EventHandlers handlers;
  @Autowired Releases releases;
  @Autowired TrafficRouter router;
  @Autowired VariantCatalog variants;
  @Autowired PlatformTransactionManager transactions;
  @Autowired JdbcClient sql;
  @Autowired TestClient client;
  @Autowired TestEventClient events;

  private GovernedApplication application;
  private int versions;

  @BeforeEach
  void open() {
    application =
        GovernedApplication.open(
            new GovernedApplication.Receivers(handlers, variants, transactions));
  }

  @Test
  void a_withdrawal_reaches_the_release_that_serves_from_it_once_and_stops_nothing() {
    UUID release = released(variant(index("docs", 1), "local/extract-bge-small"));
    withdraw("docs", 1);

    watch.check(days(1));
    watch.check(days(400));

    ReleaseDataWithdrawn event =
        events.awaitPublished(ReleaseDataWithdrawn.class, each -> each.releaseId().equals(release));
    assertThat(event.parts())
        .containsExactly(
            new WithdrawnPart("index", "docs", 1, Digest.ofText("docs1"), "INDEX", SINCE));
    assertThat(event.goesBackAt()).isNull();
    assertThat(findings(release)).isEqualTo(1);
    assertThat(state(release)).isEqualTo(ReleaseState.ACTIVE);
    Answer shown = client.as("vic", application.workspace(), Role.VIEWER).get("/api/releases");
    assertThat(shown.json().at("/items/0/withdrawal/since").asString()).isEqualTo(SINCE.toString());
    assertThat(shown.json().at("/items/0/withdrawal/parts/0/dataset").asString()).isEqualTo("docs");
    assertThat(shown.json().at("/items/0/withdrawal/goesBackAt").isNull()).isTrue();
  }

  @Test
  void a_tuned_model_stands_on_the_version_that_it_was_trained_on() {
    application.run(() ->
        handlers.handle(
            new ModelVersionRegistered(
                "triage",
                1,
                Digest.ofText("head"),
                Digest.ofText("head"),
                "local/choice-minilm",
                Digest.ofText("base"),
                UUID.randomUUID(),
                Digest.ofText("mails1"),
                List.of("ham", "spam"),
                "max",
                List.of("max")),
            meta(1)));
    split("mails", 1, "train");
    admit("mails", 1, "TRAIN", "EVALUATE");
    UUID release = released(variant(null, "triage@1"));
    admit("mails", 1, "EVALUATE");

    watch.check(days(1));

    assertThat(
            events
                .awaitPublished(
                    ReleaseDataWithdrawn.class, each -> each.releaseId().equals(release))
                .parts())
        .containsExactly(
            new WithdrawnPart(
                "model triage@1", "mails", 1, Digest.ofText("mails1"), "TRAIN", SINCE));
  }

  @Test
  void what_stands_on_withdrawn_data_is_not_released_until_they_are_admitted_again() {
    Variant variant = variant(index("docs", 1), "local/extract-bge-small");
    UUID verdict = application.issue(variant, Outcome.PASS);
    withdraw("docs", 1);

    Problem refused = catchThrowableOfType(Problem.class, () -> request(variant, verdict));
    assertThat(refused.type()).isEqualTo(InferenceProblem.DATA_WITHDRAWN);
    assertThat(refused.missing().getFirst()).contains("version 1 of dataset 'docs'", "INDEX");

    admit("docs", 1, "INDEX");
    assertThat(state(request(variant, verdict))).isEqualTo(ReleaseState.REQUESTED);
  }

  @Test
  void a_release_that_was_requested_before_the_withdrawal_does_not_start_after_it() {
    Variant variant = variant(index("docs", 1), "local/extract-bge-small");
    UUID release = request(variant, application.issue(variant, Outcome.PASS));
    withdraw("docs", 1);

    approve(release, variant);

    assertThat(state(release)).isEqualTo(ReleaseState.BLOCKED);
  }

  @Test
  void after_the_deadline_of_a_policy_the_last_release_that_holds_serves_again() {
    UUID first = released(application.variant());
    UUID second = released(variant(index("docs", 1), "local/extract-bge-small"));
    UUID third = released(variant(index("docs", 2), "local/extract-bge-small"));
    activate(THIRTY_DAYS);
    withdraw("docs", 1);
    withdraw("docs", 2);

    watch.check(days(29));
    assertThat(state(third)).isEqualTo(ReleaseState.ACTIVE);
    assertThat(goesBackAt(third)).isEqualTo(days(30));

    watch.check(days(30));
    assertThat(Stream.of(first, second, third).map(this::state))
        .containsExactly(ReleaseState.ACTIVE, ReleaseState.SUPERSEDED, ReleaseState.ROLLED_BACK);
    assertThat(reason(third))
        .contains("Withdrawn data serve for 30 days.", "version 2 of dataset 'docs'");
    assertThat(router.isStopped(application.workspace(), GovernedApplication.NAME)).isFalse();
  }

  @Test
  void what_failed_since_does_not_serve_again_after_the_deadline() {
    UUID first = released(application.variant());
    Variant failed = application.variant();
    UUID second = released(failed);
    UUID third = released(variant(index("docs", 1), "local/extract-bge-small"));
    activate(THIRTY_DAYS);
    withdraw("docs", 1);
    application.issue(failed, Outcome.FAIL);

    watch.check(days(30));

    assertThat(Stream.of(first, second, third).map(this::state))
        .containsExactly(ReleaseState.ACTIVE, ReleaseState.SUPERSEDED, ReleaseState.ROLLED_BACK);
  }

  @Test
  void nothing_serves_again_after_the_deadline_if_the_gate_is_closed_for_all_that_did() {
    Variant failed = application.variant();
    UUID first = released(failed);
    UUID second = released(variant(index("docs", 1), "local/extract-bge-small"));
    activate(THIRTY_DAYS);
    withdraw("docs", 1);
    application.issue(failed, Outcome.FAIL);

    watch.check(days(30));

    assertThat(Stream.of(first, second).map(this::state))
        .containsExactly(ReleaseState.SUPERSEDED, ReleaseState.ROLLED_BACK);
    assertThat(call().json().at("/error/code").asString()).isEqualTo("data_withdrawn");
  }

  @Test
  void a_short_admission_stops_the_clock_of_the_deadline_and_does_not_start_it_anew() {
    UUID release = released(variant(index("docs", 1), "local/extract-bge-small"));
    activate(THIRTY_DAYS);
    Instant start =
        application
            .call(() -> releases.findById(release).orElseThrow().requestedAt())
            .truncatedTo(ChronoUnit.SECONDS)
            .plusSeconds(60);
    admit(start, "docs", 1);
    admit(start.plus(Duration.ofDays(20)), "docs", 1, "INDEX");
    admit(start.plus(Duration.ofDays(21)), "docs", 1);

    watch.check(start.plus(Duration.ofDays(30)));
    assertThat(state(release)).isEqualTo(ReleaseState.ACTIVE);

    watch.check(start.plus(Duration.ofDays(31)));
    assertThat(state(release)).isEqualTo(ReleaseState.ROLLED_BACK);
  }

  @Test
  void a_withdrawal_that_ended_before_a_release_was_requested_does_not_count() {
    Digest index = index("docs", 1);
    Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    admit(now.minus(Duration.ofDays(100)), "docs", 1);
    admit(now.minus(Duration.ofDays(50)), "docs", 1, "INDEX");
    UUID release = released(variant(index, "local/extract-bge-small"));
    activate(THIRTY_DAYS);
    Instant start = now.plus(Duration.ofDays(1));
    admit(start, "docs", 1);

    watch.check(start.plus(Duration.ofDays(29)));
    assertThat(state(release)).isEqualTo(ReleaseState.ACTIVE);

    watch.check(start.plus(Duration.ofDays(30)));
    assertThat(state(release)).isEqualTo(ReleaseState.ROLLED_BACK);
  }

  @Test
  void without_a_release_that_holds_calls_are_answered_with_an_error_that_says_why() {
    UUID release = released(variant(index("docs", 1), "local/extract-bge-small"));
    activate(THIRTY_DAYS);
    withdraw("docs", 1);

    watch.check(days(31));

    assertThat(state(release)).isEqualTo(ReleaseState.ROLLED_BACK);
    Answer refused = call();
    assertThat(refused.status()).isEqualTo(410);
    assertThat(refused.json().at("/error/code").asString()).isEqualTo("data_withdrawn");

    UUID other = released(application.variant());
    assertThat(state(other)).isEqualTo(ReleaseState.ACTIVE);
    client.as("vic", application.workspace(), Role.VIEWER).get("/api/releases/" + other);
    assertThat(router.isStopped(application.workspace(), GovernedApplication.NAME)).isFalse();
  }

  @Test
  void data_that_are_admitted_again_before_the_deadline_end_nothing() {
    UUID release = released(variant(index("docs", 1), "local/extract-bge-small"));
    activate(THIRTY_DAYS);
    withdraw("docs", 1);
    watch.check(days(20));
    admit("docs", 1, "INDEX");

    watch.check(days(40));

    assertThat(state(release)).isEqualTo(ReleaseState.ACTIVE);
  }

  @Test
  void a_policy_that_this_version_cannot_read_ends_nothing() {
    UUID release = released(variant(index("docs", 1), "local/extract-bge-small"));
    activate(
        "[{\"name\":\"newer\",\"expression\":\"withdrawal.owner == 'x'\",\"message\":\"No.\"}]");
    withdraw("docs", 1);

    watch.check(days(400));

    assertThat(state(release)).isEqualTo(ReleaseState.ACTIVE);
  }

  @Test
  void the_rules_of_a_deadline_have_one_budget_for_all_days() {
    UUID release = released(variant(index("docs", 1), "local/extract-bge-small"));
    activate(COSTLY);
    withdraw("docs", 1);

    watch.check(days(1));

    assertThat(goesBackAt(release)).isBetween(days(100), days(900));
    watch.check(days(1_000));
    assertThat(reason(release))
        .contains("could not be evaluated: the rules take more than 100,000,000 steps");
  }

  @Test
  void two_replicas_take_a_release_back_once() throws Exception {
    UUID first = released(application.variant());
    UUID second = released(variant(index("docs", 1), "local/extract-bge-small"));
    activate(THIRTY_DAYS);
    withdraw("docs", 1);

    try (ExecutorService replicas = Executors.newFixedThreadPool(2)) {
      List<Future<?>> checks =
          Stream.of(1, 2)
              .<Future<?>>map(each -> replicas.submit(() -> watch.check(days(60))))
              .toList();
      for (Future<?> check : checks) {
        check.get();
      }
    }

    assertThat(Stream.of(first, second).map(this::state))
        .containsExactly(ReleaseState.ACTIVE, ReleaseState.ROLLED_BACK);
    events.awaitPublished(
        ReleaseChanged.class, event -> event.releaseId().equals(first) && event.reason() != null);
    assertThat(
            events.published(ReleaseChanged.class).stream()
                .filter(event -> event.releaseId().equals(second))
                .map(ReleaseChanged::state)
                .filter(ReleaseState.ROLLED_BACK::equals))
        .hasSize(1);
    assertThat(findings(second)).isEqualTo(1);
  }

  private static Instant days(int number) {
    return SINCE.plus(Duration.ofDays(number));
  }

  /** Returns the deadline of a release, as it was published. */
  private @Nullable Instant goesBackAt(UUID release) {
    return events
        .awaitPublished(ReleaseDataWithdrawn.class, each -> each.releaseId().equals(release))
        .goesBackAt();
  }

  /** Returns why a release has its state; null if nobody gave a reason. */
  private @Nullable String reason(UUID release) {
    return application.call(() -> releases.findById(release).orElseThrow().reason());
  }

  /** Returns the number of findings about a release that were published. */
  private long findings(UUID release) {
    return events.published(ReleaseDataWithdrawn.class).stream()
        .filter(event -> event.releaseId().equals(release))
        .count();
  }

  private Answer call() {
    return client
        .as("vic", application.workspace(), Role.VIEWER)
        .post(
            "/v1/chat/completions",
            Map.of(
                "model",
                "app/" + GovernedApplication.NAME,
                "messages",
                List.of(Map.of("role", "user", "content", "hello"))));
  }

  private UUID released(Variant variant) {
    UUID release = request(variant, application.issue(variant, Outcome.PASS));
    approve(release, variant);
    assertThat(state(release)).isEqualTo(ReleaseState.ACTIVE);
    return release;
  }

  private UUID request(Variant variant, UUID verdict) {
    return application.call(() ->
        lifecycle
            .request(GovernedApplication.NAME, "production", variant.digest(), verdict, null, 0, 0)
            .id());
  }

  private void approve(UUID release, Variant variant) {
    application.run(() ->
        lifecycle.on(
            new ApprovalDecided(
                UUID.randomUUID(),
                UUID.randomUUID(),
                "release.requested",
                release,
                variant.digest(),
                Decision.APPROVED,
                "ben",
                null,
                null,
                null,
                null)));
    application.awaitStarts(sql);
  }

  private ReleaseState state(UUID release) {
    return application.call(() -> releases.findById(release).orElseThrow().state());
  }

  private void activate(String policy) {
    application.run(() ->
        handlers.handle(
            new PolicyActivated(
                "withdrawals", ++versions, "withdrawn-data", policy, Digest.ofText(policy)),
            meta(versions)));
  }

  private Variant variant(@Nullable Digest index, String model) {
    Digest prompt = Digest.ofText("help prompt");
    return application.call(() -> {
      handlers.handle(new PromptVersionPublished("help", 1, prompt, null, "zoe", "first"), meta(1));
      return variants.create(
          GovernedApplication.NAME,
          "help",
          prompt,
          model,
          index,
          new VariantParameters(null, null, null, null, null, null, null, null, null, null),
          CallerPolicy.DEFAULT,
          ContextOverflowPolicy.REFUSE,
          List.of(),
          null);
    });
  }

  /** Inserts an index that was built from an admitted version of a dataset; returns its digest. */
  private Digest index(String dataset, int version) {
    Digest index = Digest.ofText("index of " + dataset + version);
    Digest split = split(dataset, version, "documents");
    application.run(() ->
        sql.sql(
                """
                INSERT INTO index_version
                  (workspace_id, index_id, name, split_digest, subset, encoder, max_tokens, overlap_tokens, job_id,
                   index_digest, method_digest, blob_digest, passages, created_by, created_at)
                VALUES (?, ?, 'docs', ?, 'documents', ?, 300, 40, ?, ?, ?, ?, 4, 'mia', now())
                """)
            .param(application.workspace())
            .param(Ids.next())
            .param(split.hex())
            .param(EncoderModel.MINILM.id())
            .param(Ids.next())
            .param(index.hex())
            .param(Digest.ofText("method").hex())
            .param(Digest.ofText("blob").hex())
            .update());
    admit(dataset, version, "INDEX");
    return index;
  }

  private Digest split(String dataset, int version, String subset) {
    Digest split = Digest.ofText("split of " + dataset + version);
    application.run(() ->
        handlers.handle(
            new SplitDefined(
                dataset,
                version,
                Digest.ofText(dataset + version),
                split,
                Map.of(subset, new Subset(Digest.ofText("rows"), 10)),
                0),
            meta(version)));
    return split;
  }

  private void withdraw(String dataset, int version) {
    admit(dataset, version);
  }

  /** Decides the admission of a version to these purposes; to none, it is refused. */
  private void admit(String dataset, int version, String... purposes) {
    admit(SINCE, dataset, version, purposes);
  }

  private void admit(Instant time, String dataset, int version, String... purposes) {
    boolean passed = purposes.length > 0;
    application.run(() ->
        handlers.handle(
            new AdmissionDecided(
                dataset,
                version,
                Digest.ofText(dataset + version),
                passed ? Outcome.PASS : Outcome.FAIL,
                List.of(purposes),
                passed ? List.of() : List.of("consent was withdrawn"),
                null),
            meta(time, ++versions)));
  }

  private EventMetadata meta(long number) {
    return meta(SINCE, number);
  }

  private EventMetadata meta(Instant time, long number) {
    return new EventMetadata(
        UUID.randomUUID(),
        "type",
        "source",
        "subject",
        time,
        application.workspace(),
        "someone",
        number,
        null);
  }
}
