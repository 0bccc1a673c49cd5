package io.plumbline.strategy.plan;

import static io.plumbline.strategy.StrategyFixture.ACCURACY;
import static io.plumbline.strategy.StrategyFixture.LATENCY;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import io.plumbline.contracts.ComplianceEvent.ApprovalDecided;
import io.plumbline.contracts.CriteriaPurpose;
import io.plumbline.contracts.Criterion;
import io.plumbline.contracts.Criterion.Direction;
import io.plumbline.contracts.Criterion.MetricKind;
import io.plumbline.contracts.DatasetRegistryEvent.SplitDefined;
import io.plumbline.contracts.Digest;
import io.plumbline.contracts.EvaluationEvent.SuitePublished;
import io.plumbline.contracts.EvaluationEvent.SuiteScorer;
import io.plumbline.contracts.StrategyEvent.CriteriaChangeRequested;
import io.plumbline.contracts.StrategyEvent.CriteriaRegistered;
import io.plumbline.contracts.TrivialVariant;
import io.plumbline.contracts.state.Decision;
import io.plumbline.platform.identity.Caller;
import io.plumbline.platform.problem.CommonProblem;
import io.plumbline.platform.problem.Problem;
import io.plumbline.platform.problem.Problem.FieldError;
import io.plumbline.platform.test.PlumblineTest;
import io.plumbline.platform.test.TestEventClient;
import io.plumbline.strategy.StrategyFixture;
import io.plumbline.strategy.StrategyProblem;
import io.plumbline.strategy.application.ApplicationCatalog;
import io.plumbline.strategy.projection.ProjectionFeed;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.json.JsonMapper;

/** Tests the versions of success criteria. */
@PlumblineTest
class CriteriaTests {

  private static final ProposedCriteria FIRST = StrategyFixture.proposed(ACCURACY, LATENCY);
  private static final ProposedCriteria STRICTER =
      StrategyFixture.proposed(
          new Criterion(
              "accuracy", MetricKind.TASK_QUALITY, Direction.AT_LEAST, 0.9, 0.98, 0.02, 300),
          LATENCY);

  private static final String REASON = "Ninety were more than the labels allow";

  @Autowired ApplicationCatalog catalog;
  @Autowired CriteriaService criteria;
  @Autowired CriteriaProposals proposals;
  @Autowired ProjectionFeed feed;
  @Autowired TestEventClient events;
  @Autowired JdbcClient sql;
  @Autowired JsonMapper json;
  @Autowired TransactionTemplate transactions;

  private final StrategyFixture fixture = new StrategyFixture();
  private final String application = fixture.unique("judged");

  @BeforeEach
  void register() throws Exception {
    fixture.as(() -> catalog.register(StrategyFixture.registration(application)));
    fixture.run(() -> feed.add(StrategyFixture.SUITE, fixture.metadata()));
    fixture.run(() -> feed.add(split(StrategyFixture.SUITE, "mails"), fixture.metadata()));
  }

  @Test
  void the_current_criteria_are_not_registered_again() throws Exception {
    CriteriaService.Registered first = register(FIRST);
    CriteriaService.Registered again = register(FIRST);

    assertThat(List.of(first.fresh(), again.fresh())).containsExactly(true, false);
    assertThat(again.view()).isEqualTo(first.view());
    assertThat(fixture.as(() -> criteria.versions(application))).hasSize(1);
  }

  @Test
  void stricter_criteria_become_the_next_version_and_former_ones_are_kept() throws Exception {
    register(FIRST);
    register(STRICTER);

    assertThat(fixture.as(() -> criteria.versions(application)))
        .extracting(CriteriaView::version, CriteriaView::criteria)
        .containsExactly(tuple(2, STRICTER.criteria()), tuple(1, FIRST.criteria()));
    assertThat(fixture.as(() -> criteria.inForce(application)))
        .map(CriteriaView::version)
        .contains(2);
  }

  private static Criterion accuracyAtLeast(double threshold) {
    return new Criterion(
        "accuracy", MetricKind.TASK_QUALITY, Direction.AT_LEAST, threshold, 0.93, 0.02, 300);
  }

  @Test
  void criteria_that_a_variant_without_any_skill_meets_are_neither_registered_nor_proposed() {
    ProposedCriteria met = StrategyFixture.proposed(accuracyAtLeast(0.4), LATENCY);

    assertThat(catchThrowableOfType(Problem.class, () -> register(met)))
        .extracting(Problem::type, Problem::errors)
        .containsExactly(
            StrategyProblem.TRIVIAL_CRITERIA,
            List.of(
                new FieldError(
                    "/criteria/0/threshold",
                    "must be above 0.4: a variant that always answers 'spam' has 0.400 of"
                        + " accuracy")));
    assertThat(catchThrowableOfType(Problem.class, () -> request(met)).type())
        .isEqualTo(StrategyProblem.TRIVIAL_CRITERIA);
  }

  @Test
  void criteria_over_a_suite_without_such_scores_wait_for_them() throws Exception {
    SuitePublished older =
        withSplit(StrategyFixture.suite("older", "test", 400, 100), Digest.ofText("older/split"));
    fixture.run(() -> feed.addWithoutTrivialScores(older, fixture.metadata()));

    Problem problem = catchThrowableOfType(Problem.class, () -> register(over(older)));
    assertThat(problem.type()).isEqualTo(CommonProblem.NOT_YET_KNOWN);
    assertThat(problem.getMessage())
        .endsWith("computed by POST /api/suites/%s/trivial-scores.".formatted(older.suiteDigest()));

    fixture.run(() -> feed.add(StrategyFixture.trivialScores(older), fixture.metadata()));
    assertThat(register(over(older)).fresh()).isTrue();
  }

  @Test
  void a_criterion_that_a_variant_without_any_skill_meets_is_named_with_the_others()
      throws Exception {
    Criterion consistency =
        new Criterion("consistency", MetricKind.ROBUSTNESS, Direction.AT_LEAST, 0.7, 0.9, 0, 100);
    ProposedCriteria steady = StrategyFixture.proposed(ACCURACY, consistency);
    List<TriviallyMet> met =
        List.of(
            new TriviallyMet("consistency", TrivialVariant.ALWAYS_ABSTAINS, null, 1),
            new TriviallyMet("consistency", TrivialVariant.COMMONEST_LABEL, "spam", 1));

    assertThat(register(steady).view().triviallyMet()).isEqualTo(met);
    assertThat(fixture.as(() -> criteria.versions(application)).getFirst().triviallyMet())
        .isEqualTo(met);
  }

  @Test
  void one_person_does_not_loosen_what_is_in_force() throws Exception {
    register(STRICTER);

    assertThatThrownBy(() -> register(FIRST))
        .isInstanceOfSatisfying(
            Problem.class,
            problem -> {
              assertThat(problem.type()).isEqualTo(StrategyProblem.LOOSER_CRITERIA);
              assertThat(problem.type().isRecorded()).isTrue();
              assertThat(problem.missing())
                  .containsExactly(
                      "a second person's approval that the threshold of accuracy is 0.85 instead"
                          + " of 0.9");
            });
  }

  @Test
  void fewer_planned_verdicts_are_judged_at_a_larger_level_each_which_one_person_does_not_allow()
      throws Exception {
    register(FIRST);

    assertThat(
            loosened(
                new ProposedCriteria(
                    FIRST.suiteDigest(), 1, 2, FIRST.criteria(), CriteriaPurpose.RELEASE)))
        .containsExactly(
            "a second person's approval that 1 verdicts are planned instead of 5, so each may be"
                + " wrong more often");
  }

  /** A larger effect needs fewer items to be detected. */
  @Test
  void a_larger_effect_or_less_power_needs_a_second_person() throws Exception {
    register(FIRST);

    assertThat(loosened(StrategyFixture.proposed(accuracy(0.85, 0.95, 0.8), LATENCY)))
        .containsExactly(
            "a second person's approval that accuracy is planned to see 0.1 instead of 0.08 from"
                + " its threshold, which takes fewer items");
    assertThat(loosened(StrategyFixture.proposed(accuracy(0.85, 0.93, 0.7), LATENCY)))
        .containsExactly(
            "a second person's approval that the power of accuracy is 0.7 instead of 0.8");
  }

  @Test
  void a_smaller_effect_more_power_and_the_same_effect_beyond_a_higher_threshold_need_nobody()
      throws Exception {
    register(FIRST);
    register(StrategyFixture.proposed(accuracy(0.85, 0.92, 0.9), LATENCY));
    register(StrategyFixture.proposed(accuracy(0.9, 0.97, 0.9), LATENCY));

    assertThat(fixture.as(() -> criteria.versions(application))).hasSize(3);
  }

  private static Criterion accuracy(double threshold, double alternative, double power) {
    return new Criterion(
        "accuracy",
        MetricKind.TASK_QUALITY,
        Direction.AT_LEAST,
        threshold,
        alternative,
        power,
        0.02,
        300);
  }

  @Test
  void fresh_items_of_the_same_dataset_version_that_are_measured_alike_need_no_second_person()
      throws Exception {
    register(FIRST);
    SuitePublished fresh = suite("resplit", "mails", 400, 100);

    assertThat(register(over(fresh)).view().suiteDigest()).isEqualTo(fresh.suiteDigest());
  }

  @Test
  void other_rows_than_those_in_force_need_a_second_person() throws Exception {
    register(FIRST);
    SuitePublished elsewhere = suite("another", "easy rows", 400, 100);
    SuitePublished unsplit =
        withSplit(
            StrategyFixture.suite("unsplit", "test", 400, 100), Digest.ofText("not yet known"));
    fixture.run(() -> feed.add(unsplit, fixture.metadata()));

    assertThat(List.of(loosened(over(elsewhere)), loosened(over(unsplit))))
        .allSatisfy(each ->
            assertThat(each)
                .singleElement()
                .asString()
                .contains("instead of suite version 1", "other rows"));
  }

  @Test
  void a_suite_that_measures_less_than_the_one_in_force_needs_a_second_person() throws Exception {
    register(FIRST);

    assertThat(loosened(over(suite("smaller", "mails", 399, 100))))
        .containsExactly(
            "a second person's approval that smaller version 1 judges instead of suite version 1:"
                + " it has fewer items");
    assertThat(loosened(over(suite("steadier", "mails", 400, 0))))
        .containsExactly(
            "a second person's approval that steadier version 1 judges instead of suite version 1:"
                + " it has fewer items, it measures differently");
    assertThat(loosened(over(scoredOtherwise("milder", "mails"))))
        .containsExactly(
            "a second person's approval that milder version 1 judges instead of suite version 1:"
                + " it measures differently");
  }

  /** Returns a suite whose scorer has the same name but another configuration. */
  private SuitePublished scoredOtherwise(String name, String rows) {
    SuitePublished alike =
        withSplit(StrategyFixture.suite(name, "test", 400, 100), Digest.ofText(name + "/split"));
    SuitePublished suite =
        new SuitePublished(
            alike.suite(),
            alike.version(),
            alike.suiteDigest(),
            alike.splitDigest(),
            alike.subset(),
            List.of(new SuiteScorer("label", "label", Digest.ofText("another label"))),
            alike.metrics(),
            alike.perturbations(),
            alike.items(),
            alike.perturbedItems());
    fixture.run(() -> feed.add(suite, fixture.metadata()));
    fixture.run(() -> feed.add(split(suite, rows), fixture.metadata()));
    return suite;
  }

  @Test
  void a_second_person_lets_criteria_be_loosened() throws Exception {
    Digest former = register(FIRST).view().criteriaDigest();
    register(STRICTER);
    CriteriaProposal proposal = request(FIRST);
    assertThat(proposal.version()).isEqualTo(3);
    assertThat(proposal.criteriaDigest()).isNotEqualTo(former);
    assertThat(
            events.awaitPublished(
                CriteriaChangeRequested.class,
                each -> each.proposalId().equals(proposal.proposalId())))
        .extracting(CriteriaChangeRequested::reason, CriteriaChangeRequested::criteria)
        .containsExactly(REASON, FIRST.criteria());

    decide(proposal, proposal.criteriaDigest(), Decision.APPROVED);

    CriteriaView current = fixture.as(() -> criteria.inForce(application)).orElseThrow();
    assertThat(current.version()).isEqualTo(3);
    assertThat(current.criteriaDigest()).isEqualTo(proposal.criteriaDigest());
    assertThat(current.criteria()).isEqualTo(FIRST.criteria());
    assertThat(current.author()).isEqualTo(proposal.requester());
    assertThat(states()).containsExactly(CriteriaProposal.State.APPROVED);
  }

  @Test
  void a_proposal_shows_what_it_proposes_and_why_and_where_it_was_decided() throws Exception {
    register(STRICTER);
    CriteriaProposal proposal = request(FIRST);
    assertThat(listed()).containsExactly(proposal);
    assertThat(proposal.proposed()).isEqualTo(FIRST);
    assertThat(proposal.reason()).isEqualTo(REASON);

    UUID approval = decide(proposal, proposal.criteriaDigest(), Decision.REJECTED);

    assertThat(listed()).extracting(CriteriaProposal::approvalId).containsExactly(approval);
  }

  @Test
  void proposals_are_listed_newest_first_page_by_page() throws Exception {
    register(STRICTER);
    List<CriteriaProposal> requested = List.of(request(FIRST), request(FIRST), request(FIRST));

    assertThat(listed()).isEqualTo(requested.reversed());
  }

  @Test
  void an_approval_of_another_digest_or_after_other_criteria_registers_nothing() throws Exception {
    register(STRICTER);
    CriteriaProposal mistaken = request(FIRST);
    decide(mistaken, Digest.ofText("other"), Decision.APPROVED);
    CriteriaProposal late = request(FIRST);
    register(
        new ProposedCriteria(
            STRICTER.suiteDigest(), 6, 2, STRICTER.criteria(), CriteriaPurpose.RELEASE));
    decide(late, late.criteriaDigest(), Decision.APPROVED);

    assertThat(states())
        .containsExactly(CriteriaProposal.State.VOIDED, CriteriaProposal.State.VOIDED);
    assertThat(fixture.as(() -> criteria.inForce(application)))
        .map(CriteriaView::criteria)
        .contains(STRICTER.criteria());
  }

  @Test
  void the_approval_of_another_kind_of_request_decides_nothing() throws Exception {
    register(STRICTER);
    CriteriaProposal proposal = request(FIRST);

    decide("waiver.requested", proposal, proposal.criteriaDigest(), Decision.APPROVED);

    assertThat(states()).containsExactly(CriteriaProposal.State.REQUESTED);
  }

  @Test
  void an_approval_of_criteria_that_a_variant_without_any_skill_meets_registers_nothing()
      throws Exception {
    register(STRICTER);
    CriteriaProposal old = requestedBefore(StrategyFixture.proposed(accuracyAtLeast(0.4), LATENCY));

    decide(old, old.criteriaDigest(), Decision.APPROVED);

    assertThat(states()).containsExactly(CriteriaProposal.State.VOIDED);
    assertThat(fixture.as(() -> criteria.inForce(application)))
        .map(CriteriaView::criteria)
        .contains(STRICTER.criteria());
    await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(() ->
            assertThat(events.read("plumbline.strategy"))
                .map(message -> new String(message.value(), UTF_8))
                .anyMatch(text ->
                    text.contains("/api/applications/" + application + "/criteria-proposals")
                        && text.contains(
                            "/criteria/0/threshold must be above 0.4: a variant that always answers"
                                + " 'spam' has 0.400 of accuracy")));
  }

  /** Inserts a proposal like a version of Plumbline that did not check for skill yet. */
  private CriteriaProposal requestedBefore(ProposedCriteria proposed) throws Exception {
    fixture.as(() ->
        transactions.execute(status ->
            sql.sql(
                    """
                    INSERT INTO criteria_proposal (workspace_id, id, application, version, digest, proposed, loosens,
                      reason, requester, requested_at, state)
                    VALUES (?, ?, ?, 2, ?, ?::jsonb, '{}', ?, 'cleo', now(), 'REQUESTED')
                    """)
                .params(
                    Caller.current().workspace(),
                    UUID.randomUUID(),
                    application,
                    criteria.requireEnoughItems(application, proposed).digest(2).hex(),
                    json.writeValueAsString(proposed),
                    REASON)
                .update()));
    return listed().getFirst();
  }

  @Test
  void a_rejected_proposal_changes_nothing_even_when_it_is_approved_later() throws Exception {
    register(STRICTER);
    CriteriaProposal proposal = request(FIRST);

    decide(proposal, proposal.criteriaDigest(), Decision.REJECTED);
    decide(proposal, proposal.criteriaDigest(), Decision.APPROVED);

    assertThat(fixture.as(() -> criteria.versions(application))).hasSize(1);
  }

  @Test
  void criteria_that_loosen_nothing_need_no_second_person() throws Exception {
    register(FIRST);

    assertThatThrownBy(() -> request(STRICTER))
        .isInstanceOfSatisfying(
            Problem.class,
            problem -> assertThat(problem.type()).isEqualTo(StrategyProblem.NOTHING_LOOSENED));
  }

  @Test
  void the_first_criteria_over_items_that_runs_have_used_need_a_second_person() throws Exception {
    fixture.run(() ->
        feed.add(StrategyFixture.finishedRun("another", "seen", Map.of()), fixture.metadata()));

    assertThat(catchThrowableOfType(Problem.class, () -> register(FIRST)).type())
        .isEqualTo(StrategyProblem.CRITERIA_AFTER_DATA);
    CriteriaProposal proposal = request(FIRST);
    assertThat(proposal.loosens())
        .containsExactly(
            "runs may have answered its items before the application had criteria over them");
    decide(proposal, proposal.criteriaDigest(), Decision.APPROVED);

    assertThat(
            events
                .awaitPublished(
                    CriteriaRegistered.class, each -> each.application().equals(application))
                .approved())
        .isTrue();
    assertThat(register(STRICTER).fresh()).isTrue();
    assertThatThrownBy(() -> request(STRICTER)).isInstanceOf(Problem.class);
  }

  @Test
  void a_registration_is_published_with_its_digest() throws Exception {
    CriteriaView view = register(FIRST).view();

    assertThat(
            events.awaitPublished(
                CriteriaRegistered.class, each -> each.application().equals(application)))
        .isEqualTo(
            new CriteriaRegistered(
                application,
                1,
                view.criteriaDigest(),
                StrategyFixture.SUITE.suiteDigest(),
                5,
                2,
                FIRST.criteria(),
                null,
                false));
  }

  @Test
  void criteria_of_one_kind_are_refused_and_nothing_is_registered() throws Exception {
    assertThatThrownBy(() -> register(StrategyFixture.proposed(ACCURACY)))
        .isInstanceOf(Problem.class);
    assertThat(fixture.as(() -> criteria.inForce(application))).isEmpty();
  }

  /** The criteria need 596 items, so evaluation would refuse every run over 400. */
  @Test
  void criteria_over_a_suite_of_too_few_items_are_neither_registered_nor_proposed()
      throws Exception {
    ProposedCriteria few = StrategyFixture.proposed(accuracy(0.85, 0.9, 0.8), LATENCY);

    assertThat(catchThrowableOfType(Problem.class, () -> register(few)).type())
        .isEqualTo(StrategyProblem.UNDERPOWERED);
    assertThat(catchThrowableOfType(Problem.class, () -> request(few)).type())
        .isEqualTo(StrategyProblem.UNDERPOWERED);
    assertThat(fixture.as(() -> criteria.versions(application))).isEmpty();
    assertThat(listed()).isEmpty();
  }

  @Test
  void criteria_over_a_suite_that_no_event_has_brought_are_not_yet_known() {
    ProposedCriteria elsewhere =
        new ProposedCriteria(
            Digest.ofText("unpublished"), 5, 2, FIRST.criteria(), CriteriaPurpose.RELEASE);

    assertThatThrownBy(() -> register(elsewhere))
        .isInstanceOfSatisfying(
            Problem.class,
            problem -> assertThat(problem.type()).isEqualTo(CommonProblem.NOT_YET_KNOWN));
  }

  @Test
  void the_same_criteria_with_another_plan_are_another_version() throws Exception {
    register(FIRST);
    register(
        new ProposedCriteria(FIRST.suiteDigest(), 6, 2, FIRST.criteria(), CriteriaPurpose.RELEASE));

    assertThat(fixture.as(() -> criteria.versions(application)))
        .extracting(CriteriaView::version, CriteriaView::plannedVerdicts)
        .containsExactly(tuple(2, 6), tuple(1, 5));
  }

  @Test
  void an_unknown_application_has_no_criteria() throws Exception {
    assertThatThrownBy(() -> fixture.as(() -> criteria.register("unknown", FIRST)))
        .isInstanceOf(Problem.class);
    assertThat(fixture.as(() -> criteria.versions("unknown"))).isEmpty();
  }

  /** Returns a suite over a separate split. */
  private SuitePublished suite(String name, String rows, long items, long perturbedItems) {
    SuitePublished suite =
        withSplit(
            StrategyFixture.suite(name, "test", items, perturbedItems),
            Digest.ofText(name + "/split"));
    fixture.run(() -> feed.add(suite, fixture.metadata()));
    fixture.run(() -> feed.add(split(suite, rows), fixture.metadata()));
    return suite;
  }

  private static SuitePublished withSplit(SuitePublished suite, Digest split) {
    return new SuitePublished(
        suite.suite(),
        suite.version(),
        suite.suiteDigest(),
        split,
        suite.subset(),
        suite.scorers(),
        suite.metrics(),
        suite.perturbations(),
        suite.items(),
        suite.perturbedItems());
  }

  private static SplitDefined split(SuitePublished suite, String rows) {
    return new SplitDefined("mails", 1, Digest.ofText(rows), suite.splitDigest(), Map.of(), 0);
  }

  private static ProposedCriteria over(SuitePublished suite) {
    return new ProposedCriteria(
        suite.suiteDigest(), 5, 2, FIRST.criteria(), CriteriaPurpose.RELEASE);
  }

  private CriteriaProposal request(ProposedCriteria proposed) throws Exception {
    return fixture.as(() -> proposals.request(application, proposed, REASON));
  }

  /** Returns what is missing for one person alone to register these criteria. */
  private List<String> loosened(ProposedCriteria proposed) {
    Problem problem = catchThrowableOfType(Problem.class, () -> register(proposed));
    assertThat(problem.type()).isEqualTo(StrategyProblem.LOOSER_CRITERIA);
    return problem.missing();
  }

  private UUID decide(CriteriaProposal proposal, Digest digest, Decision decision) {
    return decide("criteria.change-requested", proposal, digest, decision);
  }

  private UUID decide(
      String requestType, CriteriaProposal proposal, Digest digest, Decision decision) {
    UUID approval = UUID.randomUUID();
    fixture.run(() ->
        proposals.on(
            new ApprovalDecided(
                approval,
                UUID.randomUUID(),
                requestType,
                proposal.proposalId(),
                digest,
                decision,
                "ben",
                null,
                null,
                null,
                null)));
    return approval;
  }

  private List<CriteriaProposal> listed() throws Exception {
    return fixture.pages(page -> proposals.list(application, page));
  }

  private List<CriteriaProposal.State> states() throws Exception {
    return listed().stream().map(CriteriaProposal::state).toList();
  }

  private CriteriaService.Registered register(ProposedCriteria proposed) throws Exception {
    return fixture.as(() -> criteria.register(application, proposed));
  }
}
