package io.plumbline.strategy.plan;

import static io.plumbline.strategy.StrategyFixture.LATENCY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import io.plumbline.contracts.ComplianceEvent.ApprovalDecided;
import io.plumbline.contracts.CriteriaPurpose;
import io.plumbline.contracts.Criterion;
import io.plumbline.contracts.Criterion.Direction;
import io.plumbline.contracts.Criterion.MetricKind;
import io.plumbline.contracts.Digest;
import io.plumbline.contracts.EvaluationEvent.SuitePublished;
import io.plumbline.contracts.StrategyEvent.CriteriaChangeRequested;
import io.plumbline.contracts.StrategyEvent.CriteriaRegistered;
import io.plumbline.contracts.state.Decision;
import io.plumbline.platform.problem.Problem;
import io.plumbline.platform.test.PlumblineTest;
import io.plumbline.platform.test.TestEventClient;
import io.plumbline.strategy.StrategyFixture;
import io.plumbline.strategy.StrategyProblem;
import io.plumbline.strategy.application.ApplicationCatalog;
import io.plumbline.strategy.projection.ProjectionFeed;
import java.util.List;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Tests criteria under which a policy may release other documents without a person. */
@PlumblineTest
class RefreshCriteriaTests {

  private static final String WITHOUT_A_PERSON =
      "under them a policy may release variants of other documents without a person";
  private static final String UNSEEN = "macro_f1 has no criterion and may get worse unnoticed";
  private static final Criterion ACCURACY = accuracy(0.8, 0.02);

  @Autowired ApplicationCatalog catalog;
  @Autowired CriteriaService criteria;
  @Autowired CriteriaProposals proposals;
  @Autowired ProjectionFeed feed;
  @Autowired TestEventClient events;

  private final StrategyFixture fixture = new StrategyFixture();
  private final String application = fixture.unique("refreshed");
  private final SuitePublished fresh = suite("regressions", Digest.ofText("regressions/split"));

  @BeforeEach
  void register() throws Exception {
    fixture.as(() -> catalog.register(StrategyFixture.registration(application)));
    fixture.run(() -> feed.add(StrategyFixture.SUITE, fixture.metadata()));
    fixture.run(() -> feed.add(fresh, fixture.metadata()));
  }

  @Test
  void one_person_alone_does_not_register_criteria_of_refreshes_not_even_the_first()
      throws Exception {
    Problem problem =
        refused(() -> fixture.as(() -> criteria.register(application, refresh(fresh, ACCURACY))));

    assertThat(problem.type()).isEqualTo(StrategyProblem.REFRESH_CRITERIA);
    assertThat(problem.type().isRecorded()).isTrue();
    assertThat(fixture.as(() -> criteria.versions(application))).isEmpty();
  }

  @Test
  void a_second_person_registers_them_and_those_of_releases_stay_in_force() throws Exception {
    release(StrategyFixture.SUITE);
    CriteriaProposal proposal = request(refresh(fresh, ACCURACY));
    assertThat(proposal.loosens()).containsExactly(WITHOUT_A_PERSON, UNSEEN);
    assertThat(
            events.awaitPublished(
                CriteriaChangeRequested.class,
                each -> each.proposalId().equals(proposal.proposalId())))
        .extracting(CriteriaChangeRequested::purpose)
        .isEqualTo(CriteriaPurpose.REFRESH);

    approve(proposal);

    assertThat(fixture.as(() -> criteria.versions(application)))
        .extracting(CriteriaView::version, CriteriaView::purpose, CriteriaView::suiteDigest)
        .containsExactly(
            tuple(2, CriteriaPurpose.REFRESH, fresh.suiteDigest()),
            tuple(1, CriteriaPurpose.RELEASE, StrategyFixture.SUITE.suiteDigest()));
    assertThat(fixture.as(() -> criteria.inForce(application)))
        .map(CriteriaView::version)
        .contains(1);
    assertThat(
            events.awaitPublished(
                CriteriaRegistered.class,
                each -> each.application().equals(application) && each.version() == 2))
        .extracting(CriteriaRegistered::purpose, CriteriaRegistered::criteriaDigest)
        .containsExactly(CriteriaPurpose.REFRESH, proposal.criteriaDigest());
  }

  @Test
  void stricter_ones_need_a_second_person_too_and_say_what_looser_ones_loosen() throws Exception {
    approve(request(refresh(fresh, ACCURACY)));

    assertThat(request(refresh(fresh, accuracy(0.85, 0.02))).loosens())
        .containsExactly(WITHOUT_A_PERSON, UNSEEN);
    assertThat(request(refresh(fresh, accuracy(0.8, 0.05))).loosens())
        .containsExactly(
            WITHOUT_A_PERSON, UNSEEN, "the margin of accuracy is 0.05 instead of 0.02");
  }

  @Test
  void those_in_force_are_not_proposed_again() throws Exception {
    approve(request(refresh(fresh, ACCURACY)));

    assertThat(refused(() -> request(refresh(fresh, ACCURACY))).type())
        .isEqualTo(StrategyProblem.NOTHING_LOOSENED);
  }

  @Test
  void test_items_that_releases_are_judged_on_are_not_those_of_refreshes() throws Exception {
    release(StrategyFixture.SUITE);

    assertThat(refused(() -> request(refresh(StrategyFixture.SUITE, ACCURACY))).type())
        .isEqualTo(StrategyProblem.SHARED_ITEMS);
  }

  @Test
  void another_suite_over_the_same_split_has_the_same_items() throws Exception {
    release(StrategyFixture.SUITE);
    SuitePublished renamed = suite("renamed", StrategyFixture.SUITE.splitDigest());
    fixture.run(() -> feed.add(renamed, fixture.metadata()));

    assertThat(refused(() -> request(refresh(renamed, ACCURACY))).errors())
        .singleElement()
        .asString()
        .contains("/suiteDigest", "has the items of criteria of the purpose RELEASE");
  }

  @Test
  void items_of_refreshes_are_not_those_of_releases_either() throws Exception {
    approve(request(refresh(fresh, ACCURACY)));

    assertThat(refused(() -> release(fresh)).type()).isEqualTo(StrategyProblem.SHARED_ITEMS);
  }

  @Test
  void every_metric_of_quality_is_compared_with_what_serves() {
    Problem problem = refused(() -> request(refresh(fresh, accuracy(0.8, 0))));

    assertThat(problem.type()).isEqualTo(StrategyProblem.INVALID_CRITERIA);
    assertThat(problem.errors())
        .singleElement()
        .asString()
        .contains("/criteria/0/margin", "must be above 0 for accuracy");
  }

  @Test
  void the_purpose_is_part_of_the_digest() throws Exception {
    CriteriaProposal refresh = request(refresh(fresh, ACCURACY));

    assertThat(release(fresh).view().criteriaDigest()).isNotEqualTo(refresh.criteriaDigest());
  }

  private static Criterion accuracy(double threshold, double margin) {
    return new Criterion(
        "accuracy", MetricKind.TASK_QUALITY, Direction.AT_LEAST, threshold, 0.95, margin, 300);
  }

  private static ProposedCriteria refresh(SuitePublished suite, Criterion quality) {
    return new ProposedCriteria(
        suite.suiteDigest(), 5, 2, List.of(quality, LATENCY), CriteriaPurpose.REFRESH);
  }

  private static SuitePublished suite(String name, Digest split) {
    SuitePublished suite = StrategyFixture.suite(name, "test", 400, 100);
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

  private CriteriaService.Registered release(SuitePublished suite) throws Exception {
    ProposedCriteria proposed =
        new ProposedCriteria(
            suite.suiteDigest(), 5, 2, List.of(ACCURACY, LATENCY), CriteriaPurpose.RELEASE);
    return fixture.as(() -> criteria.register(application, proposed));
  }

  private CriteriaProposal request(ProposedCriteria proposed) throws Exception {
    return fixture.as(
        () -> proposals.request(application, proposed, "Documents change every week here"));
  }

  private void approve(CriteriaProposal proposal) {
    fixture.run(() ->
        proposals.on(
            new ApprovalDecided(
                UUID.randomUUID(),
                UUID.randomUUID(),
                "criteria.change-requested",
                proposal.proposalId(),
                proposal.criteriaDigest(),
                Decision.APPROVED,
                "ben",
                null,
                null,
                null,
                null)));
  }

  private static Problem refused(ThrowingCallable call) {
    return catchThrowableOfType(Problem.class, call);
  }
}
