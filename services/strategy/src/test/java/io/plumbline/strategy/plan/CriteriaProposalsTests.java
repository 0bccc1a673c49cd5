package io.plumbline.strategy.plan;

import static io.plumbline.strategy.StrategyFixture.ACCURACY;
import static io.plumbline.strategy.StrategyFixture.LATENCY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.plumbline.contracts.Criterion;
import io.plumbline.contracts.Criterion.Direction;
import io.plumbline.contracts.Criterion.MetricKind;
import io.plumbline.platform.identity.Caller;
import io.plumbline.platform.problem.CommonProblem;
import io.plumbline.platform.problem.Problem;
import io.plumbline.platform.test.PlumblineTest;
import io.plumbline.strategy.StrategyFixture;
import io.plumbline.strategy.application.ApplicationCatalog;
import io.plumbline.strategy.projection.ProjectionFeed;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** Tests the limits on criteria that wait for a second person. */
@PlumblineTest
class CriteriaProposalsTests {

  private static final Criterion STRICTER =
      new Criterion("accuracy", MetricKind.TASK_QUALITY, Direction.AT_LEAST, 0.9, 0.98, 0.02, 300);

  @Autowired ApplicationCatalog catalog;
  @Autowired CriteriaService criteria;
  @Autowired CriteriaProposals proposals;
  @Autowired ProjectionFeed feed;
  @Autowired JdbcClient sql;
  @Autowired TransactionTemplate transactions;

  private final StrategyFixture fixture = new StrategyFixture();
  private final String application = fixture.unique("proposed");

  @Test
  void one_person_does_not_fill_the_requested_criteria_of_a_workspace() throws Exception {
    fixture.as(() -> catalog.register(StrategyFixture.registration(application)));
    fixture.run(() -> feed.add(StrategyFixture.SUITE, fixture.metadata()));
    fixture.as(() -> criteria.register(application, StrategyFixture.proposed(STRICTER, LATENCY)));
    requestMany("dora", 250);

    Problem refused = catchThrowableOfType(Problem.class, () -> request("dora"));

    assertThat(refused.type()).isEqualTo(CommonProblem.QUOTA_REACHED);
    assertThat(refused)
        .hasMessage(
            "Your account has 250 requested criteria, the most it may have. Have some of them"
                + " decided. An operator can raise the limit with"
                + " plumbline.criteria.requested-per-person.");
    assertThat(request("cleo").state()).isEqualTo(CriteriaProposal.State.REQUESTED);
  }

  private CriteriaProposal request(String person) throws Exception {
    UUID workspace = fixture.as(() -> Caller.current().workspace());
    return Caller.requester(workspace, person)
        .call(() ->
            proposals.request(
                application, StrategyFixture.proposed(ACCURACY, LATENCY), "one of many"));
  }

  private void requestMany(String person, int count) throws Exception {
    fixture.as(() ->
        transactions.execute(status ->
            sql.sql(
                    """
                    INSERT INTO criteria_proposal (workspace_id, id, application, version, digest, proposed, loosens,
                      reason, requester, requested_at, state)
                    SELECT ?, gen_random_uuid(), ?, 2, 'digest', '{}', '{}', 'one of many', ?, now(), 'REQUESTED'
                    FROM generate_series(1, ?)
                    """)
                .params(Caller.current().workspace(), application, person, count)
                .update()));
  }
}
