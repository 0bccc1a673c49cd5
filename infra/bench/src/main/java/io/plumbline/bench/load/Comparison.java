package io.plumbline.bench.load;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Three sides under the same load in the order A B C A; A is what the others are compared with. */
public record Comparison(List<Side> sides, Duration time, int rounds) {

  /** Measures from the beginning with that many connections, and prints. */
  public void print(int connections) throws IOException, InterruptedException {
    List<Side> measured = sides.stream().map(Side::again).toList();
    Side baseline = measured.getFirst();
    List<Side> order = new ArrayList<>(measured);
    order.add(baseline);
    Load load = new Load(connections);
    for (int round = 0; round < rounds; round++) {
      for (Side side : order) {
        side.take(load, time);
      }
    }
    System.out.printf(
        "%d connection(s), medians of %d rounds of %d s each, in the order A B C A [least –"
            + " most]%n",
        connections, rounds, time.toSeconds());
    measured.forEach(side -> System.out.println(side.cpu().line(baseline.cpu())));
    measured.forEach(side -> System.out.println(side.latency().line(baseline.latency())));
    measured.forEach(side -> System.out.println(side.rate().line(baseline.rate())));
  }
}
