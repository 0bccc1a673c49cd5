package io.plumbline.bench.load;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Three contenders under the same load in the order A B C A; A is what the others are compared
 * with.
 */
public record Comparison(List<Contender> contenders, Duration time, int rounds) {

  /** Measures from the beginning with that many connections, and prints. */
  public void print(int connections) throws IOException, InterruptedException {
    List<Contender> measured = contenders.stream().map(Contender::again).toList();
    Contender baseline = measured.getFirst();
    List<Contender> order = new ArrayList<>(measured);
    order.add(baseline);
    Load load = new Load(connections);
    for (int round = 0; round < rounds; round++) {
      for (Contender contender : order) {
        contender.take(load, time);
      }
    }
    System.out.printf(
        "%d connection(s), medians of %d rounds of %d s each, in the order A B C A [least –"
            + " most]%n",
        connections, rounds, time.toSeconds());
    measured.forEach(contender -> System.out.println(contender.cpu().line(baseline.cpu())));
    measured.forEach(contender -> System.out.println(contender.latency().line(baseline.latency())));
    measured.forEach(contender -> System.out.println(contender.rate().line(baseline.rate())));
  }
}
