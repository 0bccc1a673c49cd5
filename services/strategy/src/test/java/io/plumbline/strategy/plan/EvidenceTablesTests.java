package io.plumbline.strategy.plan;

import static io.plumbline.strategy.StrategyFixture.ACCURACY;
import static io.plumbline.strategy.StrategyFixture.LATENCY;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plumbline.contracts.Digest;
import io.plumbline.contracts.Phase;
import io.plumbline.contracts.state.Decision;
import io.plumbline.contracts.state.Outcome;
import io.plumbline.platform.test.EmbeddedServers;
import io.plumbline.platform.test.PlumblineTest;
import io.plumbline.strategy.StrategyFixture;
import io.plumbline.strategy.application.ApplicationCatalog;
import io.plumbline.strategy.projection.ProjectionFeed;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Tests that evidence about phases cannot be changed, even with all rights on the database. */
@PlumblineTest
class EvidenceTablesTests {

  @Autowired ApplicationCatalog catalog;
  @Autowired CriteriaService criteria;
  @Autowired Waivers waivers;
  @Autowired ProjectionFeed feed;
  @Autowired JdbcClient sql;
  @Autowired PlatformTransactionManager transactions;

  private final StrategyFixture fixture = new StrategyFixture();
  private final String application = fixture.unique("kept");

  @BeforeEach
  void decide() throws Exception {
    fixture.as(() -> catalog.register(StrategyFixture.registration(application)));
    fixture.run(() -> feed.add(StrategyFixture.SUITE, fixture.metadata()));
    Digest digest =
        fixture.as(() ->
            criteria
                .register(application, StrategyFixture.proposed(ACCURACY, LATENCY))
                .view()
                .criteriaDigest());
    WaiverView waiver =
        fixture.as(() -> waivers.request(application, Phase.FINE_TUNING, "a bounded trial"));
    fixture.run(() -> waivers.on(WaiversTests.decided(waiver, waiver.digest(), Decision.REJECTED)));
    fixture.run(() -> {
      feed.add(
          StrategyFixture.verdict(
              application, Phase.PROMPT, Digest.ofText("few-shot"), Outcome.FAIL, digest),
          fixture.metadata());
      feed.add(StrategyFixture.baseline(application, Phase.PROMPT, "few-shot"), fixture.metadata());
    });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "UPDATE criteria SET criteria = '[]'",
        "UPDATE criteria SET planned_verdicts = 1",
        "DELETE FROM criteria",
        "UPDATE verdict SET outcome = 'PASS'",
        "DELETE FROM verdict",
        "DELETE FROM baseline",
        "UPDATE waiver SET phase = 'RETRIEVAL'",
        "DELETE FROM waiver",
        "UPDATE phase SET phase = 'X'",
        "DELETE FROM phase",
        "TRUNCATE waiver"
      })
  void nobody_changes_what_was_registered_requested_or_judged(String change) {
    assertThatThrownBy(() -> asRuntimeRole(change))
        .rootCause()
        .hasMessageStartingWith("ERROR: permission denied for table");
    assertThatThrownBy(() -> EmbeddedServers.executeAsSuperuser("strategy", change))
        .hasMessageContaining("append-only");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "UPDATE waiver SET state = 'APPROVED'",
        "UPDATE waiver SET decided_by = 'ada'",
      })
  void nobody_changes_a_decision(String change) {
    assertThatThrownBy(() -> asRuntimeRole(change))
        .rootCause()
        .hasMessageContaining("a row of waiver that is REJECTED is final");
    assertThatThrownBy(() ->
            EmbeddedServers.executeAsSuperuser(
                "strategy", change + " WHERE application = '" + application + "'"))
        .hasMessageContaining("final");
  }

  private void asRuntimeRole(String change) {
    fixture.run(() ->
        new TransactionTemplate(transactions)
            .executeWithoutResult(status -> sql.sql(change).update()));
  }
}
