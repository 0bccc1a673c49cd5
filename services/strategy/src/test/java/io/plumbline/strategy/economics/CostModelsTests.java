package io.plumbline.strategy.economics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plumbline.contracts.Digest;
import io.plumbline.contracts.EvaluationEvent.Measure;
import io.plumbline.contracts.Money;
import io.plumbline.contracts.StrategyEvent.CostModelComputed;
import io.plumbline.platform.digest.CanonicalJson;
import io.plumbline.platform.problem.Problem;
import io.plumbline.platform.test.PlumblineTest;
import io.plumbline.platform.test.TestEventClient;
import io.plumbline.platform.web.PageRequest;
import io.plumbline.strategy.Approach;
import io.plumbline.strategy.StrategyFixture;
import io.plumbline.strategy.application.ApplicationCatalog;
import io.plumbline.strategy.projection.ProjectionFeed;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Tests which figures a cost model is computed from. */
@PlumblineTest
class CostModelsTests {

  @Autowired ApplicationCatalog catalog;
  @Autowired CostModels models;
  @Autowired ProjectionFeed feed;
  @Autowired TestEventClient events;

  private final StrategyFixture fixture = new StrategyFixture();
  private final String application = fixture.unique("priced");

  @BeforeEach
  void register() throws Exception {
    fixture.as(() -> catalog.register(StrategyFixture.registration(application)));
  }

  @Test
  void without_a_volume_the_lower_end_of_the_small_profile_applies() throws Exception {
    CostModelView view = create(question(null, null, null));

    assertThat(view.basis()).isEqualTo("volume lower end of the profile");
    assertThat(view.model().profile()).isEqualTo(CostProfile.SMALL);
    assertThat(view.model().monthlyVolume()).isEqualTo(10_000);
  }

  @Test
  void an_application_without_traffic_has_its_registered_volume() throws Exception {
    CostModelView view = create(question(application, null, null));

    assertThat(view.basis()).isEqualTo("volume estimate at registration");
    assertThat(view.model().monthlyVolume()).isEqualTo(20_000);
  }

  @Test
  void a_volume_in_the_request_takes_precedence_and_decides_the_profile() throws Exception {
    assertThat(create(question(application, null, 99_999L)).model().profile())
        .isEqualTo(CostProfile.SMALL);
    CostModelView large = create(question(application, null, 100_000L));

    assertThat(large.model().profile()).isEqualTo(CostProfile.ENTERPRISE);
    assertThat(large.basis()).isEqualTo("volume as given in the request");
    assertThat(create(question(application, CostProfile.SMALL, 100_000L)).model().profile())
        .isEqualTo(CostProfile.SMALL);
  }

  /** The expected cost is 20 USD of upkeep plus 1,000 requests at 0.01 USD: 30 USD a month. */
  @Test
  void a_custom_figure_replaces_the_default_of_its_line() throws Exception {
    CostModelView view =
        create(
            new CostQuestion(
                null,
                CostProfile.SMALL,
                1_000L,
                null,
                null,
                List.of(
                    new CostQuestion.CustomFigure(
                        Approach.PROMPT_ENGINEERING,
                        CostCategory.API_CALLS,
                        null,
                        new BigDecimal("0.01"),
                        "our contract"))));

    assertThat(view.model().totals().getFirst())
        .isEqualTo(
            new CostModel.Total(
                Approach.PROMPT_ENGINEERING, Money.usd("20"), Money.usd("0.01"), Money.usd("30")));
    assertThat(view.model().lines())
        .filteredOn(line -> line.source().equals("our contract"))
        .hasSize(1);
  }

  @Test
  void a_measured_price_replaces_the_list_price_of_its_approach_only() throws Exception {
    measured("retrieval", Digest.ofText("index"), 0.4);

    assertThat(fixture.as(() -> models.computeFor(application)).totals())
        .extracting(CostModel.Total::perRequest)
        .containsExactly(
            Money.usd("0.003"), Money.usd("0.0004"), Money.usd("0.0015"), Money.usd("0.0035"));
  }

  @Test
  void a_run_without_a_known_price_leaves_the_list_price() throws Exception {
    fixture.run(() -> {
      feed.add(StrategyFixture.variant(application, "prompt", null, null), fixture.metadata());
      feed.add(StrategyFixture.finishedRun(application, "prompt", Map.of()), fixture.metadata());
    });

    assertThat(fixture.as(() -> models.computeFor(application)).totals().getFirst().perRequest())
        .isEqualTo(Money.usd("0.003"));
  }

  /**
   * The page of costs and the recommendation must give the same answer about a pair of approaches.
   */
  @Test
  void a_stored_model_crosses_where_the_recommendations_does() throws Exception {
    measured("prompt", null, 0.2);
    measured("retrieval", Digest.ofText("index"), 0.1);

    assertThat(create(question(application, null, null)).model())
        .isEqualTo(fixture.as(() -> models.computeFor(application)));
  }

  @Test
  void a_figure_in_the_request_prevails_over_a_measured_one() throws Exception {
    measured("prompt", null, 0.2);
    CostModelView view =
        create(
            new CostQuestion(
                application,
                null,
                null,
                null,
                null,
                List.of(
                    new CostQuestion.CustomFigure(
                        Approach.PROMPT_ENGINEERING,
                        CostCategory.API_CALLS,
                        null,
                        new BigDecimal("0.01"),
                        "our contract"))));

    assertThat(view.model().totals().getFirst().perRequest()).isEqualTo(Money.usd("0.01"));
  }

  @Test
  void a_band_with_a_figure_of_ones_own_is_not_the_guides() throws Exception {
    assertThat(create(question(application, null, null)).model().bands())
        .extracting(CostModel.Band::source)
        .containsExactly("guide band", "model", "guide band", "model");
    measured("prompt", null, 0.2);

    assertThat(create(question(application, null, null)).model().bands())
        .extracting(CostModel.Band::source)
        .containsExactly("model", "model", "guide band", "model");
  }

  @Test
  void a_stored_model_is_read_back_as_it_was_computed() throws Exception {
    CostModelView view = create(question(application, null, null));

    assertThat(fixture.as(() -> models.find(view.costModelId()))).contains(view);
    assertThat(fixture.as(() -> models.list(application, new PageRequest(10, null))).items())
        .containsExactly(view);
    assertThat(fixture.as(() -> models.list("other", new PageRequest(10, null))).items()).isEmpty();
  }

  @Test
  void a_computation_is_published_with_the_digest_of_its_request() throws Exception {
    CostQuestion question = question(application, null, 500L);
    CostModelView view = create(question);

    assertThat(
            events.awaitPublished(
                CostModelComputed.class, each -> each.costModelId().equals(view.costModelId())))
        .isEqualTo(
            new CostModelComputed(view.costModelId(), application, CanonicalJson.digest(question)));
  }

  @Test
  void an_unknown_application_is_refused() {
    assertThatThrownBy(() -> create(question("unknown", null, null))).isInstanceOf(Problem.class);
  }

  private void measured(String name, @Nullable Digest index, double perThousand) {
    fixture.run(() -> {
      feed.add(StrategyFixture.variant(application, name, null, index), fixture.metadata());
      feed.add(
          StrategyFixture.finishedRun(
              application, name, Map.of("cost_per_1000_usd", new Measure(perThousand, null, null))),
          fixture.metadata());
    });
  }

  private CostModelView create(CostQuestion question) throws Exception {
    return fixture.as(() -> models.create(question));
  }

  private static CostQuestion question(
      @Nullable String application, @Nullable CostProfile costProfile, @Nullable Long volume) {
    return new CostQuestion(application, costProfile, volume, null, null, null);
  }
}
