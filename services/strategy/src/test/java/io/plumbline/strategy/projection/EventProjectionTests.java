package io.plumbline.strategy.projection;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.contracts.Digest;
import io.plumbline.contracts.EvaluationEvent.ComparisonFinished;
import io.plumbline.contracts.EvaluationEvent.Delta;
import io.plumbline.contracts.EvaluationEvent.Measure;
import io.plumbline.contracts.EvaluationEvent.RunFinished;
import io.plumbline.contracts.InferenceEvent.FallbackModel;
import io.plumbline.contracts.InferenceEvent.ReleaseChanged;
import io.plumbline.contracts.InferenceEvent.UsageReported;
import io.plumbline.contracts.InferenceEvent.VariantCreated;
import io.plumbline.contracts.ModelRegistryEvent.BaseModelListed;
import io.plumbline.contracts.ModelRegistryEvent.ModelVersionRegistered;
import io.plumbline.contracts.ModelRegistryEvent.TuningConfirmed;
import io.plumbline.contracts.Money;
import io.plumbline.contracts.state.ReleaseState;
import io.plumbline.platform.test.PlumblineTest;
import io.plumbline.strategy.Approach;
import io.plumbline.strategy.StrategyFixture;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Tests that events of other services are projected as strategy later reads them. */
@PlumblineTest
class EventProjectionTests {

  private static final String APPLICATION = "projected";
  private static final Digest TUNED = Digest.ofText("tuned model");

  @Autowired ProjectionFeed feed;
  @Autowired ProjectionReader reader;

  private final StrategyFixture fixture = new StrategyFixture();

  @Test
  void a_run_delivered_again_is_stored_once() throws Exception {
    RunFinished run =
        StrategyFixture.finishedRun(
            APPLICATION, "v1", Map.of("accuracy", new Measure(0.9, 0.85, 0.95)));
    fixture.run(() -> {
      feed.add(run, fixture.metadata(1));
      feed.add(run, fixture.metadata(1));
    });

    assertThat(fixture.as(() -> reader.runs(APPLICATION)))
        .containsExactly(
            new Run(
                run.runId(),
                run.suiteDigest(),
                run.subjectDigest(),
                run.outcome(),
                400,
                0,
                run.metrics(),
                new BigDecimal("0.04"),
                "USD",
                fixture.metadata(1).time()));
  }

  @Test
  void runs_are_read_newest_first() throws Exception {
    RunFinished older = StrategyFixture.finishedRun(APPLICATION, "v1", Map.of());
    RunFinished newer = StrategyFixture.finishedRun(APPLICATION, "v2", Map.of());
    fixture.run(() -> {
      feed.add(newer, fixture.metadata(2));
      feed.add(older, fixture.metadata(1));
    });

    assertThat(fixture.as(() -> reader.runs(APPLICATION)))
        .extracting(Run::runId)
        .containsExactly(newer.runId(), older.runId());
  }

  @Test
  void a_variant_counts_as_tuned_once_its_model_is_registered() throws Exception {
    fixture.run(
        () -> feed.add(StrategyFixture.variant(APPLICATION, "v", TUNED, null), fixture.metadata()));
    assertThat(fixture.as(() -> reader.variants(APPLICATION)))
        .extracting(Variant::approach)
        .containsExactly(Approach.PROMPT_ENGINEERING);

    fixture.run(() ->
        feed.add(
            new ModelVersionRegistered(
                "classifier",
                1,
                TUNED,
                Digest.ofText("artifact"),
                "minilm",
                Digest.ofText("base"),
                UUID.randomUUID(),
                Digest.ofText("dataset"),
                List.of("ham", "spam"),
                "max",
                List.of("max")),
            fixture.metadata()));

    assertThat(fixture.as(() -> reader.variants(APPLICATION)))
        .extracting(Variant::approach)
        .containsExactly(Approach.FINE_TUNING);
  }

  @Test
  void of_more_than_500_variants_the_newest_are_read() throws Exception {
    fixture.run(() -> {
      for (int number = 0; number <= 500; number++) {
        feed.add(
            StrategyFixture.variant(APPLICATION, "v" + number, Digest.ofText("m"), null),
            fixture.metadata(number));
      }
    });

    List<Variant> read = fixture.as(() -> reader.variants(APPLICATION));
    assertThat(read).hasSize(500);
    assertThat(read.getFirst().name()).isEqualTo("v1");
    assertThat(read.getLast().name()).isEqualTo("v500");
  }

  @Test
  void a_tuned_model_of_a_fallback_makes_its_variant_tuned() throws Exception {
    Digest base = Digest.ofText("base");
    fixture.run(() -> {
      feed.add(backed("named", new FallbackModel("classifier@1", base, null)), fixture.metadata());
      feed.add(
          backed("plain", new FallbackModel("acme/m", base, Digest.ofText("connection"))),
          fixture.metadata());
    });

    assertThat(fixture.as(() -> reader.variants(APPLICATION)))
        .extracting(Variant::approach)
        .containsExactlyInAnyOrder(Approach.FINE_TUNING, Approach.PROMPT_ENGINEERING);
  }

  @Test
  void a_model_that_its_provider_tuned_makes_its_variant_tuned() throws Exception {
    Digest weights = Digest.ofText("weights");
    fixture.run(() -> {
      feed.add(
          backed("by its id", new FallbackModel("openai/ft:gpt-4o-mini:acme::1", weights, null)),
          fixture.metadata());
      feed.add(
          backed("by the catalogue", new FallbackModel("acme/listed", weights, null)),
          fixture.metadata());
      feed.add(
          backed("by a statement", new FallbackModel("acme/stated", weights, null)),
          fixture.metadata());
      feed.add(
          backed("unconfirmed", new FallbackModel("acme/doubtful", weights, null)),
          fixture.metadata());
      feed.add(listed("acme/listed", true), fixture.metadata());
      feed.add(listed("acme/doubtful", null), fixture.metadata());
      feed.add(
          new TuningConfirmed(UUID.randomUUID(), "acme/stated", "max", "ada"), fixture.metadata());
    });

    assertThat(fixture.as(() -> reader.variants(APPLICATION)).stream().filter(Variant::tuned))
        .extracting(Variant::name)
        .containsExactlyInAnyOrder("by its id", "by the catalogue", "by a statement");
  }

  private static BaseModelListed listed(String model, @Nullable Boolean tuned) {
    Money free = Money.usd(BigDecimal.ZERO);
    return new BaseModelListed(
        model,
        Digest.ofText(model),
        "acme",
        8_000,
        free,
        null,
        free,
        "proprietary",
        null,
        false,
        null,
        tuned);
  }

  private static VariantCreated backed(String name, FallbackModel fallback) {
    VariantCreated alone = StrategyFixture.variant(APPLICATION, name, null, null);
    return new VariantCreated(
        alone.application(),
        alone.name(),
        alone.variantDigest(),
        alone.promptDigest(),
        alone.model(),
        alone.modelDigest(),
        alone.connectionDigest(),
        alone.indexDigest(),
        alone.parameters(),
        alone.callerPolicy(),
        alone.overflow(),
        List.of(fallback),
        alone.abstention(),
        alone.authors());
  }

  @Test
  void an_older_state_of_a_release_does_not_replace_a_newer_one() throws Exception {
    UUID release = UUID.randomUUID();
    fixture.run(() -> {
      feed.add(release(release, ReleaseState.ACTIVE, 100), fixture.metadata(3));
      feed.add(release(release, ReleaseState.CANARY, 10), fixture.metadata(2));
    });

    assertThat(fixture.as(() -> reader.releases(APPLICATION)))
        .singleElement()
        .satisfies(each -> assertThat(each.percent()).isEqualTo(100))
        .satisfies(each -> assertThat(each.state()).isEqualTo("ACTIVE"));
  }

  @Test
  void usage_adds_up_over_minutes_variants_and_days() throws Exception {
    fixture.run(() -> {
      feed.add(usage("2026-11-01T10:00:00Z", "v1", 10), fixture.metadata());
      feed.add(usage("2026-11-01T10:01:00Z", "v1", 5), fixture.metadata());
      feed.add(usage("2026-11-03T00:00:00Z", null, 1), fixture.metadata());
    });

    Usage usage =
        fixture.as(() -> reader.usage(APPLICATION, LocalDate.parse("2026-11-04")).orElseThrow());
    assertThat(usage.since()).isEqualTo(LocalDate.parse("2026-11-01"));
    assertThat(usage.requests()).isEqualTo(16);
    assertThat(usage.inputTokens()).isEqualTo(1_600);
    assertThat(usage.unpricedRequests()).isEqualTo(3);
    assertThat(usage.costs()).containsExactly(Money.usd("0.16"));
  }

  @Test
  void a_pace_is_that_of_traffic_on_seven_full_days() throws Exception {
    fixture.run(() -> {
      // The first day of traffic is not a full day, and the usage without a variant is no traffic.
      feed.add(usage("2026-11-01T10:00:00Z", "v1", 1_000), fixture.metadata());
      feed.add(usage("2026-11-02T10:00:00Z", "v1", 3), fixture.metadata());
      feed.add(usage("2026-11-03T10:00:00Z", null, 500), fixture.metadata());
      feed.add(usage("2026-11-08T10:00:00Z", "v1", 4), fixture.metadata());
      feed.add(usage("2026-11-09T10:00:00Z", "v1", 2_000), fixture.metadata());
    });

    Usage sixDays = usageOn("2026-11-08");
    assertThat(sixDays.fullDays()).isEqualTo(6);
    assertThat(sixDays.monthlyPace()).isNull();
    Usage sevenDays = usageOn("2026-11-09");
    assertThat(sevenDays.fullDays()).isEqualTo(7);
    assertThat(sevenDays.monthlyPace()).isEqualTo(30);
    assertThat(sevenDays.trafficRequests()).isEqualTo(3_007);
    assertThat(sevenDays.requests()).isEqualTo(3_507);
  }

  private Usage usageOn(String day) throws Exception {
    return fixture.as(() -> reader.usage(APPLICATION, LocalDate.parse(day)).orElseThrow());
  }

  @Test
  void usage_from_before_traffic_was_distinguished_is_all_traffic() throws Exception {
    UsageReported now = usage("2026-11-01T10:00:00Z", "v1", 10);
    UsageReported before =
        new UsageReported(
            now.minute(),
            now.application(),
            now.variantDigest(),
            now.model(),
            null,
            now.requests(),
            0,
            0,
            now.inputTokens(),
            0,
            now.outputTokens(),
            0,
            now.unpricedRequests(),
            now.cost(),
            now.recordsRoot(),
            null);
    fixture.run(() -> feed.add(before, fixture.metadata()));

    assertThat(usageOn("2026-11-04").trafficRequests()).isEqualTo(10);
  }

  @Test
  void what_a_call_retrieved_by_costs_and_is_no_request() throws Exception {
    VariantCreated variant = StrategyFixture.variant(APPLICATION, "retrieving", null, null);
    fixture.run(() -> {
      feed.add(variant, fixture.metadata());
      feed.add(usage(variant, variant.model(), "0.10"), fixture.metadata());
      feed.add(usage(variant, "openai/text-embedding-3-small", "0.01"), fixture.metadata());
    });

    Usage usage =
        fixture.as(() -> reader.usage(APPLICATION, LocalDate.parse("2026-11-04")).orElseThrow());
    assertThat(usage.requests()).isEqualTo(7);
    assertThat(usage.costs()).containsExactly(Money.usd("0.11"));
  }

  private static UsageReported usage(VariantCreated variant, String model, String cost) {
    return new UsageReported(
        Instant.parse("2026-11-01T10:00:00Z"),
        APPLICATION,
        variant.variantDigest(),
        model,
        null,
        7,
        0,
        0,
        700,
        0,
        0,
        0,
        0,
        Money.usd(cost),
        Digest.ofText("records"),
        7L);
  }

  @Test
  void costs_in_two_currencies_stay_two() throws Exception {
    Money euros = new Money(new BigDecimal("0.50"), "EUR");
    fixture.run(() -> {
      feed.add(usage("2026-11-01T10:00:00Z", "v1", 1, euros), fixture.metadata());
      feed.add(usage("2026-11-01T10:01:00Z", "v1", 1, euros), fixture.metadata());
      feed.add(usage("2026-11-01T10:02:00Z", "v1", 1), fixture.metadata());
    });

    assertThat(
            fixture
                .as(() -> reader.usage(APPLICATION, LocalDate.parse("2026-11-04")).orElseThrow())
                .costs())
        .containsExactly(new Money(new BigDecimal("1.00"), "EUR"), Money.usd("0.01"));
  }

  @Test
  void an_application_without_traffic_has_no_usage() throws Exception {
    assertThat(fixture.as(() -> reader.usage(APPLICATION, LocalDate.parse("2026-11-04"))))
        .isEmpty();
  }

  @Test
  void the_newest_comparison_gives_the_deltas() throws Exception {
    List<Delta> deltas =
        List.of(
            new Delta(
                UUID.randomUUID(),
                Digest.ofText("v2"),
                Map.of("accuracy", new Measure(0.05, 0.01, 0.09)),
                0.02));
    fixture.run(() -> {
      feed.add(comparison(deltas), fixture.metadata(2));
      feed.add(comparison(List.of()), fixture.metadata(1));
    });

    assertThat(fixture.as(() -> reader.latestComparison(APPLICATION))).isEqualTo(deltas);
  }

  @Test
  void a_comparison_that_is_exploration_is_not_shown_as_evidence() throws Exception {
    Delta delta = new Delta(UUID.randomUUID(), Digest.ofText("v2"), Map.of(), 0.02);
    fixture.run(() -> feed.add(comparison(List.of(delta), true), fixture.metadata(1)));

    assertThat(fixture.as(() -> reader.latestComparison(APPLICATION))).isEmpty();
  }

  private static ComparisonFinished comparison(List<Delta> deltas) {
    return comparison(deltas, false);
  }

  private static ComparisonFinished comparison(List<Delta> deltas, boolean exploration) {
    return new ComparisonFinished(
        UUID.randomUUID(), APPLICATION, UUID.randomUUID(), deltas, exploration);
  }

  private static ReleaseChanged release(UUID releaseId, ReleaseState state, int percent) {
    return new ReleaseChanged(
        releaseId, APPLICATION, "production", Digest.ofText("v1"), null, state, percent, null, 0);
  }

  private static UsageReported usage(String minute, @Nullable String variant, long requests) {
    return usage(
        minute,
        variant,
        requests,
        Money.usd(new BigDecimal("0.01").multiply(BigDecimal.valueOf(requests)).toPlainString()));
  }

  private static UsageReported usage(
      String minute, @Nullable String variant, long requests, Money cost) {
    return new UsageReported(
        Instant.parse(minute),
        APPLICATION,
        variant == null ? null : Digest.ofText(variant),
        "local/choice",
        null,
        requests,
        0,
        0,
        requests * 100,
        0,
        requests * 10,
        0,
        1,
        cost,
        Digest.ofText("records"),
        variant == null ? 0 : requests);
  }
}
