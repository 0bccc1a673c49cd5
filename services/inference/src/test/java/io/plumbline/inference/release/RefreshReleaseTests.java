package io.plumbline.inference.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.plumbline.contracts.ComplianceEvent.ApprovalDecided;
import io.plumbline.contracts.CriteriaPurpose;
import io.plumbline.contracts.Criticality;
import io.plumbline.contracts.DatasetRegistryEvent.AdmissionDecided;
import io.plumbline.contracts.DatasetRegistryEvent.SplitDefined;
import io.plumbline.contracts.DatasetRegistryEvent.Subset;
import io.plumbline.contracts.Digest;
import io.plumbline.contracts.InferenceEvent;
import io.plumbline.contracts.InferenceEvent.ReleaseRequested;
import io.plumbline.contracts.PromptRegistryEvent.PromptVersionPublished;
import io.plumbline.contracts.VerdictKind;
import io.plumbline.contracts.state.Decision;
import io.plumbline.contracts.state.Outcome;
import io.plumbline.contracts.state.ReleaseState;
import io.plumbline.inference.InferenceProblem;
import io.plumbline.inference.InferenceTest;
import io.plumbline.inference.abstention.Abstention;
import io.plumbline.inference.context.ContextOverflowPolicy;
import io.plumbline.inference.variant.CallerPermission;
import io.plumbline.inference.variant.CallerPolicy;
import io.plumbline.inference.variant.Variant;
import io.plumbline.inference.variant.VariantCatalog;
import io.plumbline.inference.variant.VariantParameters;
import io.plumbline.localmodels.EncoderModel;
import io.plumbline.platform.digest.Ids;
import io.plumbline.platform.event.EventHandlers;
import io.plumbline.platform.event.EventMetadata;
import io.plumbline.platform.problem.CommonProblem;
import io.plumbline.platform.problem.Problem;
import io.plumbline.platform.test.TestEventClient;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;

/** Tests releases in which only the documents are new; each test has its own workspace. */
class RefreshReleaseTests extends InferenceTest {

  /** A part of a variant that is not its index. */
  enum Part {
    NONE,
    PROMPT,
    MODEL,
    PARAMETERS,
    CALLER_POLICY,
    OVERFLOW,
    ABSTENTION
  }

  private static final Digest CRITERIA = Digest.ofText("refreshes");

  @Autowired ReleaseLifecycle lifecycle;
  @Autowired ReleaseGate gate;
  @Autowired EventHandlers handlers;
  @Autowired Releases releases;
  @Autowired VariantCatalog variants;
  @Autowired PlatformTransactionManager transactions;
  @Autowired JdbcClient sql;
  @Autowired TestEventClient events;

  private GovernedApplication application;
  private int admissions;
  private Variant serving;

  @BeforeEach
  void serve() {
    application =
        GovernedApplication.open(
            new GovernedApplication.Receivers(handlers, variants, transactions));
    application.registerCriteria("refreshes", CriteriaPurpose.REFRESH);
    serving = variant(index("docs", 1, 300, "documents"), Part.NONE);
    released(serving);
  }

  @Test
  void what_serves_over_newer_documents_is_released_by_its_verdict_and_says_what_it_changes() {
    Variant next = variant(index("docs", 2, 300, "documents"), Part.NONE);
    UUID verdict = passed(next);

    UUID release = request(next, verdict);

    ReleaseRequested requested =
        events.awaitPublished(ReleaseRequested.class, event -> event.releaseId().equals(release));
    assertThat(requested.refresh())
        .isEqualTo(
            new InferenceEvent.Refresh(
                active(), index(serving), index(next), "docs", 1, 2, Criticality.LOW));
    approve(release, next);
    assertThat(state(release)).isEqualTo(ReleaseState.ACTIVE);
  }

  @Test
  void a_pipeline_that_asks_without_a_verdict_is_answered_alike() {
    Variant next = variant(index("docs", 2, 300, "documents"), Part.NONE);
    UUID verdict = passed(next);

    assertThat(application.call(() -> gate.decide(question(next, null))))
        .isInstanceOfSatisfying(
            GateAnswer.Open.class, open -> assertThat(open.verdict().id()).isEqualTo(verdict));
  }

  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "NONE")
  void another_part_that_is_new_is_no_refresh(Part part) {
    Variant next = variant(index("docs", 2, 300, "documents"), part);

    Problem refused = refusal(next, passed(next));

    assertThat(refused.type()).isEqualTo(InferenceProblem.NOT_A_REFRESH);
    assertThat(refused.missing())
        .containsExactly(
            "the %s of the variant that is refreshed; this one differs"
                .formatted(part.name().toLowerCase(Locale.ROOT).replace('_', ' ')));
  }

  @Test
  void documents_that_are_divided_otherwise_are_no_refresh() {
    assertNoRefresh(index("docs", 2, 200, "documents"), "an index that is built like");
  }

  @Test
  void documents_of_another_dataset_are_no_refresh() {
    assertNoRefresh(index("others", 2, 300, "documents"), "documents of dataset docs");
  }

  @Test
  void going_back_to_older_documents_is_no_refresh() {
    released(variant(index("docs", 3, 300, "documents"), Part.NONE));
    serving = application.call(() -> variants.get(activeVariant()).orElseThrow());

    assertNoRefresh(
        index("docs", 2, 300, "documents"), "a newer version of dataset docs than 3; this is 2");
  }

  @Test
  void an_index_of_examples_is_no_refresh() {
    assertNoRefresh(index("docs", 2, 300, "train"), "an index of documents; index");
  }

  private void assertNoRefresh(Digest index, String reason) {
    Variant next = variant(index, Part.NONE);

    Problem refused = refusal(next, passed(next));

    assertThat(refused.type()).isEqualTo(InferenceProblem.NOT_A_REFRESH);
    assertThat(refused.missing()).singleElement().asString().startsWith(reason);
  }

  @Test
  void where_nothing_serves_nothing_is_refreshed() {
    Variant next = variant(index("docs", 2, 300, "documents"), Part.NONE);
    UUID verdict = passed(next);

    Problem refused =
        catchThrowableOfType(
            Problem.class,
            () ->
                application.run(() ->
                    lifecycle.request(
                        GovernedApplication.NAME,
                        "staging",
                        next.digest(),
                        verdict,
                        null,
                        0,
                        500)));

    assertThat(refused.missing()).containsExactly("an active release in staging that is refreshed");
  }

  @Test
  void a_verdict_that_did_not_compare_with_what_serves_opens_nothing() {
    Variant next = variant(index("docs", 2, 300, "documents"), Part.NONE);
    UUID verdict =
        application.refreshed(next, CRITERIA, Outcome.PASS, Digest.ofText("another variant"));

    Problem refused = refusal(next, verdict);

    assertThat(refused.type()).isEqualTo(InferenceProblem.RELEASE_WITHOUT_VERDICT);
    assertThat(refused.missing())
        .singleElement()
        .asString()
        .startsWith("a comparison with variant " + serving.digest());
  }

  @Test
  void it_is_blocked_when_something_else_serves_by_the_time_of_its_approval() {
    Variant next = variant(index("docs", 2, 300, "documents"), Part.NONE);
    UUID release = request(next, passed(next));
    released(application.variant());

    approve(release, next);

    assertThat(state(release)).isEqualTo(ReleaseState.BLOCKED);
  }

  @Test
  void it_is_blocked_when_its_documents_are_not_admitted_any_more() {
    Variant next = variant(index("docs", 2, 300, "documents"), Part.NONE);
    UUID release = request(next, passed(next));
    admit("docs", 2, Outcome.FAIL);

    approve(release, next);

    assertThat(state(release)).isEqualTo(ReleaseState.BLOCKED);
    assertThat(application.call(() -> releases.findById(release).orElseThrow().reason()))
        .contains("an unmasked name");
  }

  @Test
  void a_refresh_opens_nothing_but_a_refresh() {
    Variant next = variant(null, Part.NONE);
    UUID verdict = application.refreshed(next, CRITERIA, Outcome.PASS, serving.digest());

    Problem refused = refusal(next, verdict);

    assertThat(refused.type()).isEqualTo(InferenceProblem.NOT_A_REFRESH);
    assertThat(refused.missing()).contains("an index; the variant has none");
  }

  @Test
  void a_failed_refresh_is_not_overridden() {
    Variant next = variant(index("docs", 2, 300, "documents"), Part.NONE);
    UUID failed = application.refreshed(next, CRITERIA, Outcome.FAIL, serving.digest());

    assertThat(refusal(next, failed).type()).isEqualTo(InferenceProblem.VERDICT_FAILED);
    Problem overridden =
        catchThrowableOfType(
            Problem.class,
            () ->
                application.run(() ->
                    lifecycle.request(
                        GovernedApplication.NAME,
                        "production",
                        next.digest(),
                        failed,
                        "we accept the risk",
                        0,
                        500)));
    assertThat(overridden.type()).isEqualTo(CommonProblem.INVALID);
  }

  @Test
  void the_newest_word_on_the_refresh_holds() {
    Variant next = variant(index("docs", 2, 300, "documents"), Part.NONE);
    UUID passed = passed(next);
    application.refreshed(next, CRITERIA, Outcome.INCONCLUSIVE, serving.digest());

    assertThat(refusal(next, passed).type()).isEqualTo(InferenceProblem.VERDICT_FAILED);
  }

  @ParameterizedTest
  @EnumSource(names = {"RELEASE", "PHASE", "CANARY"})
  void a_failure_by_any_other_verdict_closes(VerdictKind kind) {
    Variant next = variant(index("docs", 2, 300, "documents"), Part.NONE);
    application.issue(
        next, kind, kind == VerdictKind.CANARY ? null : Digest.ofText("criteria"), Outcome.FAIL);

    Problem refused = refusal(next, passed(next));

    assertThat(refused.type()).isEqualTo(InferenceProblem.VERDICT_FAILED);
    assertThat(refused.missing()).singleElement().asString().contains("kind " + kind);
  }

  @Test
  void nothing_but_a_pass_answers_a_failure() {
    Variant next = variant(index("docs", 2, 300, "documents"), Part.NONE);
    UUID verdict = passed(next);
    application.issue(next, VerdictKind.RELEASE, Digest.ofText("criteria"), Outcome.FAIL);
    application.issue(next, VerdictKind.PHASE, Digest.ofText("criteria"), Outcome.INCONCLUSIVE);
    assertThat(refusal(next, verdict).type()).isEqualTo(InferenceProblem.VERDICT_FAILED);

    application.registerCriteria("stricter");
    assertThat(refusal(next, verdict).type()).isEqualTo(InferenceProblem.VERDICT_FAILED);

    application.issue(next, VerdictKind.RELEASE, Digest.ofText("stricter"), Outcome.PASS);
    application.run(() -> gate.requireOpen(question(next, verdict)));
  }

  @Test
  void a_canary_that_failed_after_the_refresh_was_judged_is_answered_by_nothing() {
    Variant next = variant(index("docs", 2, 300, "documents"), Part.NONE);
    UUID verdict = passed(next);
    application.issue(next, VerdictKind.CANARY, null, Outcome.FAIL);
    application.issue(next, VerdictKind.RELEASE, Digest.ofText("criteria"), Outcome.PASS);

    assertThat(refusal(next, verdict).type()).isEqualTo(InferenceProblem.VERDICT_FAILED);
  }

  @Test
  void what_was_taken_back_is_not_released_by_policy_again() {
    Variant next = variant(index("docs", 2, 300, "documents"), Part.NONE);
    UUID verdict = passed(next);
    UUID release = request(next, verdict);
    approve(release, next);
    application.run(() -> lifecycle.rollBack(release, "the new pages are poisoned", true));

    Problem refused = refusal(next, verdict);

    assertThat(refused.type()).isEqualTo(InferenceProblem.NOT_A_REFRESH);
    assertThat(refused.missing())
        .containsExactly(
            "a variant that was not taken back: release %s of it is ROLLED_BACK"
                .formatted(release));
  }

  @Test
  void new_criteria_of_refreshes_close_and_those_of_releases_do_not() {
    Variant next = variant(index("docs", 2, 300, "documents"), Part.NONE);
    UUID verdict = passed(next);
    application.registerCriteria("stricter");
    application.run(() -> gate.requireOpen(question(next, verdict)));

    application.registerCriteria("stricter refreshes", CriteriaPurpose.REFRESH);

    assertThat(refusal(next, verdict).type()).isEqualTo(InferenceProblem.RELEASE_WITHOUT_VERDICT);
  }

  @Test
  void a_verdict_under_criteria_of_releases_refreshes_nothing() {
    Variant next = variant(index("docs", 2, 300, "documents"), Part.NONE);
    UUID verdict =
        application.refreshed(next, Digest.ofText("criteria"), Outcome.PASS, serving.digest());

    assertThat(refusal(next, verdict).type()).isEqualTo(InferenceProblem.RELEASE_WITHOUT_VERDICT);
  }

  @Test
  void going_back_to_a_refresh_is_asked_about_by_what_it_replaced() {
    Variant next = variant(index("docs", 2, 300, "documents"), Part.NONE);
    UUID refresh = request(next, passed(next));
    approve(refresh, next);
    UUID other = released(application.variant());

    application.run(() -> lifecycle.rollBack(other, "it is slower", false));

    assertThat(state(refresh)).isEqualTo(ReleaseState.ACTIVE);
  }

  private UUID passed(Variant next) {
    return application.refreshed(next, CRITERIA, Outcome.PASS, serving.digest());
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
            .request(
                GovernedApplication.NAME, "production", variant.digest(), verdict, null, 0, 500)
            .id());
  }

  private Problem refusal(Variant variant, UUID verdict) {
    return catchThrowableOfType(Problem.class, () -> request(variant, verdict));
  }

  private GateQuestion question(Variant variant, @Nullable UUID verdict) {
    Release active = releases.findById(active()).orElseThrow();
    return new GateQuestion(variant, "production", active, verdict, null, 0);
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

  private UUID active() {
    return application.call(() ->
        releases
            .findByApplicationAndEnvironmentAndState(
                GovernedApplication.NAME, "production", ReleaseState.ACTIVE)
            .orElseThrow()
            .id());
  }

  private Digest activeVariant() {
    UUID active = active();
    return application.call(() -> releases.findById(active).orElseThrow().variant());
  }

  private static Digest index(Variant variant) {
    return Objects.requireNonNull(variant.index());
  }

  /** Creates a variant of the help application that differs from the first in one part. */
  private Variant variant(@Nullable Digest index, Part part) {
    Digest prompt = Digest.ofText(part == Part.PROMPT ? "another prompt" : "help prompt");
    return application.call(() -> {
      handlers.handle(new PromptVersionPublished("help", 1, prompt, null, "zoe", "first"), meta(1));
      return variants.create(
          GovernedApplication.NAME,
          "help",
          prompt,
          part == Part.MODEL ? "local/choice-minilm" : "local/extract-bge-small",
          index,
          new VariantParameters(
              null,
              null,
              part == Part.PARAMETERS ? 7L : null,
              null,
              null,
              null,
              null,
              null,
              null,
              null),
          part == Part.CALLER_POLICY
              ? CallerPolicy.allowing(CallerPermission.MAX_TOKENS)
              : CallerPolicy.DEFAULT,
          part == Part.OVERFLOW ? ContextOverflowPolicy.TRIM_HISTORY : ContextOverflowPolicy.REFUSE,
          List.of(),
          part == Part.ABSTENTION ? new Abstention(0.3, "Not in the documents.") : null);
    });
  }

  /** Inserts an index that was built from an admitted version of a dataset; returns its digest. */
  private Digest index(String dataset, int version, int maxTokens, String subset) {
    Digest split = Digest.ofText(dataset + version + subset);
    Digest index = Digest.ofText(dataset + version + maxTokens + subset);
    application.run(() -> {
      handlers.handle(
          new SplitDefined(
              dataset,
              version,
              Digest.ofText(dataset + version),
              split,
              Map.of(subset, new Subset(Digest.ofText("rows"), 10)),
              0),
          meta(version));
      sql.sql(
              """
              INSERT INTO index_version
                (workspace_id, index_id, name, split_digest, subset, encoder, max_tokens, overlap_tokens, job_id,
                 index_digest, method_digest, blob_digest, passages, created_by, created_at)
              VALUES (?, ?, 'docs', ?, ?, ?, ?, ?, ?, ?, ?, ?, 4, 'mia', now())
              """)
          .param(application.workspace())
          .param(Ids.next())
          .param(split.hex())
          .param(subset)
          .param(EncoderModel.MINILM.id())
          .param(maxTokens)
          .param(subset.equals("documents") ? 40 : null)
          .param(Ids.next())
          .param(index.hex())
          .param(Digest.ofText("method " + maxTokens + subset).hex())
          .param(Digest.ofText("blob").hex())
          .update();
    });
    admit(dataset, version, Outcome.PASS);
    return index;
  }

  private void admit(String dataset, int version, Outcome outcome) {
    boolean passed = outcome == Outcome.PASS;
    application.run(() ->
        handlers.handle(
            new AdmissionDecided(
                dataset,
                version,
                Digest.ofText(dataset + version),
                outcome,
                passed ? List.of("INDEX") : List.of(),
                passed ? List.of() : List.of("an unmasked name"),
                null),
            meta(++admissions)));
  }

  private EventMetadata meta(long number) {
    return new EventMetadata(
        UUID.randomUUID(),
        "type",
        "source",
        "subject",
        Instant.EPOCH.plusSeconds(number),
        application.workspace(),
        "someone",
        number,
        null);
  }
}
