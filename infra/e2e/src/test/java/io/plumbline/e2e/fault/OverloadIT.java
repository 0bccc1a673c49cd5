package io.plumbline.e2e.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.e2e.Platform;
import io.plumbline.e2e.RunLength;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.List;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * Ten times as many clients as the platform can serve, none of which waits. The full form measures
 * what is still answered, and wants a quiet machine; the clients share the processors with what
 * they measure.
 */
@ExtendWith(Platform.class)
@Isolated("It asks as often as it can.")
class OverloadIT {

  private static final int SECONDS = RunLength.of("faults.overload", 4, 60);
  private static final int CLIENTS = 8;
  private static final double GOODPUT = 0.9;
  private static final List<String> PEOPLE = List.of("ada", "ben", "cleo", "sam", "vera", "root");

  @Test
  void reads_go_on_at_nine_tenths_of_the_peak() {
    List<String> tokens = tokens();
    holds(
        "reads",
        client ->
            Requests.get(
                Requests.LISTS.get(client % Requests.LISTS.size()) + "?limit=1",
                tokens.get(client % tokens.size())));
  }

  @Test
  void so_do_completions() {
    List<String> keys = Requests.keys(PEOPLE.size(), "local/choice-bge-small");
    holds(
        "completions",
        client ->
            Requests.completion(keys.get(client % keys.size()), "overload " + System.nanoTime()));
  }

  private static List<String> tokens() {
    return PEOPLE.stream().map(person -> Platform.user(person).token()).toList();
  }

  private static void holds(String what, IntFunction<HttpRequest> requests) {
    perSecond(CLIENTS, Math.min(SECONDS, 10), requests).close();
    try (Traffic peak = perSecond(CLIENTS, Math.min(SECONDS, 20), requests);
        Traffic overload = perSecond(10 * CLIENTS, SECONDS, requests)) {
      double best = (double) peak.count("200") / Math.min(SECONDS, 20);
      double goodput = (double) overload.count("200") / SECONDS;
      System.out.printf(
          "%s: %.0f/s with %d clients, %.0f/s (%.0f%%) with %d for %d s: %s%n",
          what,
          best,
          CLIENTS,
          goodput,
          100 * goodput / best,
          10 * CLIENTS,
          SECONDS,
          overload.outcomes());
      assertThat(overload.outcomes().keySet())
          .isSubsetOf("200", "429 with Retry-After", "503 with Retry-After");
      assertThat(overload.count("200")).isPositive();
      // In a few seconds beside other work, a rate says little.
      if (RunLength.isFull()) {
        assertThat(goodput).isGreaterThanOrEqualTo(GOODPUT * best);
      }
    }
  }

  private static Traffic perSecond(int clients, int seconds, IntFunction<HttpRequest> requests) {
    Traffic traffic = new Traffic(clients, Duration.ZERO, requests);
    Traffic.sleep(Duration.ofSeconds(seconds));
    traffic.end();
    return traffic;
  }
}
