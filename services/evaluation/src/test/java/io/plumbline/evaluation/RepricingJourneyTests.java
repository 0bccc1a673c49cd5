package io.plumbline.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.plumbline.contracts.Criterion;
import io.plumbline.contracts.Criterion.Direction;
import io.plumbline.contracts.Criterion.MetricKind;
import io.plumbline.contracts.Digest;
import io.plumbline.contracts.EvaluationEvent.VerdictIssued;
import io.plumbline.contracts.ModelRegistryEvent.BaseModelListed;
import io.plumbline.contracts.Money;
import io.plumbline.contracts.state.Outcome;
import io.plumbline.platform.test.EmbeddedServers;
import io.plumbline.platform.test.PlumblineTest;
import io.plumbline.platform.test.TestClient.Answer;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Tests that a verdict notices when the prices change that its cost was computed with. */
@PlumblineTest
class RepricingJourneyTests extends EvaluationFixture {

  @Test
  void a_verdict_that_does_not_pass_under_a_new_price_is_replaced_and_others_stay() {
    Digest strict = Digest.ofText("strict about cost");
    Digest generous = Digest.ofText("generous about cost");
    // 100 tokens of input for an answer: 0.1 USD for 1,000 answers.
    price("1", 1);
    UUID first = judged("strict-cost", strict, 0.5);
    UUID second = judged("generous-cost", generous, 1_000);
    assertThat(basis(first).at("/prices/0/model").asString()).isEqualTo("acme/large");
    assertThat(basis(first).at("/usage/0/inputTokens").asLong()).isPositive();

    price("2", 2);
    price("100", 3);

    VerdictIssued replaced =
        events.awaitPublished(
            VerdictIssued.class, event -> first.equals(event.repricedVerdictId()));
    assertThat(replaced.outcome()).isEqualTo(Outcome.FAIL);
    assertThat(replaced.reasons().getFirst()).contains("cost_per_1000_usd is 10.0000");
    assertThat(replaced.pricesDigest()).isNotNull();
    assertThat(supersession(first)).isEqualTo("LATER_VERDICT");
    assertThat(supersession(replaced.verdictId())).isEqualTo("null");
    // The job of the last price has judged the other application too, which comes before.
    assertThat(supersession(second)).isEqualTo("null");
    assertThat(events.published(VerdictIssued.class))
        .noneMatch(event -> second.equals(event.repricedVerdictId()));
    for (UUID each : List.of(first, second, replaced.verdictId())) {
      assertThat(ada().get("/api/verdicts/" + each + "/replay").json().at("/equal").asBoolean())
          .isTrue();
    }
    // Other tests are judged by the price of this model, too.
    price("1", 4);
    await().untilAsserted(() -> assertThat(priceInForce()).isEqualByComparingTo("1"));
  }

  private static BigDecimal priceInForce() throws SQLException {
    try (Connection connection = EmbeddedServers.connectAsSuperuser("evaluation");
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT input_per_million FROM model_price WHERE model = 'acme/large'")) {
      row.next();
      return row.getBigDecimal("input_per_million");
    }
  }

  private UUID judged(String application, Digest variant, double most) {
    application(application);
    Digest split = split(application);
    String suite = publishedSuite(application, split);
    Digest criteria =
        criteria(
            application,
            suite,
            2,
            List.of(
                new Criterion(
                    "accuracy", MetricKind.TASK_QUALITY, Direction.AT_LEAST, 0.1, 0.5, 0, 50),
                new Criterion(
                    "cost_per_1000_usd",
                    MetricKind.COST,
                    Direction.AT_MOST,
                    most,
                    most / 2,
                    0,
                    50)));
    variant(application, variant);
    // The spread of the cost is measured on validation before a run is judged.
    finishedRun(
        application, publishedSuite(suite(application + "-v", split, "validation")), variant);
    String run = finishedRun(application, suite, variant);
    Answer verdict = verdict(application, "RELEASE", run, criteria);
    assertThat(verdict.json().at("/outcome").asString()).as(verdict.body()).isEqualTo("PASS");
    return UUID.fromString(verdict.json().at("/verdictId").asString());
  }

  private void price(String usd, int version) {
    events.publish(
        new BaseModelListed(
            "acme/large",
            Digest.ofText("acme/large"),
            "acme",
            128_000,
            Money.usd(usd),
            null,
            Money.usd("0"),
            "Terms of Acme",
            null,
            false),
        "acme/large",
        version);
  }

  private JsonNode basis(UUID verdict) {
    return ada().get("/api/verdicts/" + verdict).json().at("/costBasis");
  }

  private String supersession(UUID verdict) {
    JsonNode superseded = ada().get("/api/verdicts/" + verdict).json().at("/supersededBy");
    return superseded.isNull() ? "null" : superseded.asString();
  }
}
