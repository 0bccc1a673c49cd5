package io.plumbline.bench.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.bench.load.Contender;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class GoalReportTests {

  private final List<Contender> measured =
      new ArrayList<>(
          List.of(
              side(GoalReport.BARE, 100, 10_000, 0.2),
              side(GoalReport.OWN, 125, 8_000, 0.3),
              side(GoalReport.HIT, 60, 16_000, 0.1),
              side(GoalReport.THROUGH, 240, 4_000, 0.5)));

  @Test
  void each_goal_is_held_against_its_rival() {
    measured.add(side(GoalReport.NGINX, 20, 40_000, 0.1));
    measured.add(side(GoalReport.PORTKEY, 900, 1_000, 0.9));

    assertThat(
            new GoalReport(measured)
                .lines(true).stream().map(line -> line.strip().replaceAll(" {2,}", ": ")))
        .containsExactly(
            "P1 own port ≤ 1.3× a bare gateway's CPU: 1.25×",
            "P1 gateway ≤ 2.5× a bare gateway's CPU: 2.40×",
            "P1 own port ≥ 6× Portkey's rate: 8.00×",
            "P1 gateway ≥ 3× Portkey's rate: 4.00×",
            "P2 p50 ≤ nginx + 0.4 ms: 0.20 ms",
            "P2 exact-cache hit ≥ 1.5× the proxied rate: 2.00×");
  }

  @Test
  void a_goal_whose_rival_is_left_out_is_not_met_silently() {
    assertThat(new GoalReport(measured).lines(false))
        .filteredOn(line -> line.contains("not measured"))
        .hasSize(3)
        .allMatch(line -> line.contains("Portkey") || line.contains("nginx"));
  }

  private static Contender side(String name, double cpu, double rate, double median) {
    Contender side = Contender.of(name, 1, port -> new byte[0], List.of());
    side.cpu().add(cpu);
    side.rate().add(rate);
    side.latency().add(median);
    return side;
  }
}
