package io.plumbline.platform.limit;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import io.micrometer.core.instrument.binder.cache.CaffeineCacheMetrics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FairCacheTests {

  private static final UUID ACME = new UUID(0, 1);
  private static final UUID GLOBEX = new UUID(0, 2);
  private static final UUID INITECH = new UUID(0, 3);

  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

  /** Has room for 100 characters. */
  private final FairCache<Integer, String> cache =
      new FairCache<>("texts", 100, (key, text) -> text.length(), meters);

  @Test
  void a_workspace_alone_has_all_of_the_room_and_no_more() {
    putMany(ACME, 1_000, 10);

    assertThat(cache.weight()).isBetween(90L, 100L);
  }

  @Test
  void what_one_workspace_puts_in_takes_nothing_from_others_that_have_less() {
    putMany(GLOBEX, 3, 10);
    putMany(INITECH, 1, 5);

    putMany(ACME, 10_000, 10);

    assertThat(IntStream.range(0, 3)).allMatch(key -> cache.find(GLOBEX, key).isPresent());
    assertThat(cache.find(INITECH, 0)).isPresent();
    assertThat(cache.weight()).isLessThanOrEqualTo(100);
  }

  @Test
  void a_workspace_that_takes_more_than_its_share_gives_way() {
    putMany(ACME, 10, 10);

    putMany(GLOBEX, 5, 10);

    assertThat(IntStream.range(0, 5)).allMatch(key -> cache.find(GLOBEX, key).isPresent());
    assertThat(IntStream.range(0, 10).filter(key -> cache.find(ACME, key).isPresent()).count())
        .isEqualTo(5);
  }

  @Test
  void what_is_larger_than_the_cache_is_loaded_and_not_kept() {
    putMany(GLOBEX, 3, 10);

    assertThat(cache.get(ACME, 0, key -> "x".repeat(200))).hasSize(200);

    assertThat(cache.weight()).isEqualTo(30);
  }

  @Test
  void many_who_ask_at_once_load_once() throws Exception {
    AtomicInteger loads = new AtomicInteger();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List.copyOf(
              threads.invokeAll(
                  IntStream.range(0, 50)
                      .<Callable<String>>mapToObj(each ->
                          () ->
                              cache.get(
                                  ACME,
                                  1,
                                  key -> {
                                    loads.incrementAndGet();
                                    return "text";
                                  }))
                      .toList()))
          .forEach(each -> assertThat(each.resultNow()).isEqualTo("text"));
    }

    assertThat(loads).hasValue(1);
  }

  @Test
  void a_lifetime_ends_entries_and_an_unused_workspace_takes_no_room() {
    AtomicLong nanos = new AtomicLong();
    Ticker ticker = nanos::get;
    FairCache<Integer, String> mortal =
        new FairCache<>(
            "mortal", 100, (key, text) -> text.length(), Duration.ofMinutes(1), ticker, meters);
    mortal.put(ACME, 1, "text");

    nanos.addAndGet(Duration.ofMinutes(1).toNanos());
    assertThat(mortal.find(ACME, 1)).isEmpty();

    mortal.put(ACME, 1, "text");
    nanos.addAndGet(Duration.ofHours(2).toNanos());
    assertThat(mortal.weight()).isZero();
  }

  @Test
  void hits_and_misses_are_counted() {
    cache.find(ACME, 1);
    cache.put(ACME, 1, "text");
    cache.find(ACME, 1);

    assertThat(
            meters
                .get("cache.gets")
                .tags("cache", "texts", "result", "hit")
                .functionCounter()
                .count())
        .isEqualTo(1);
    assertThat(
            meters
                .get("cache.gets")
                .tags("cache", "texts", "result", "miss")
                .functionCounter()
                .count())
        .isEqualTo(1);
    assertThat(meters.get("plumbline.cache.weight").gauge().value()).isEqualTo(4);
  }

  /** Checks that both kinds of cache have one type of meter under each name. */
  @Test
  void its_metrics_stand_beside_those_of_a_single_cache() {
    PrometheusMeterRegistry prometheus = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    List<String> failed = new ArrayList<>();
    prometheus.config().onMeterRegistrationFailed((id, reason) -> failed.add(reason));

    CaffeineCacheMetrics.monitor(prometheus, Caffeine.newBuilder().recordStats().build(), "single");
    new FairCache<Integer, String>("shared", 100, (key, text) -> text.length(), prometheus);

    assertThat(failed).isEmpty();
    assertThat(prometheus.scrape()).contains("cache_evictions_total{cache=\"shared\"}");
  }

  private void putMany(UUID workspace, int count, int length) {
    for (int key = 0; key < count; key++) {
      cache.put(workspace, key, "x".repeat(length));
    }
  }
}
