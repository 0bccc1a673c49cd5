package io.plumbline.bench.load;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A comparison of contenders under the same load, in turn. The first, with which the others are
 * compared, is measured once more at the end of each round.
 */
public record Comparison(List<Contender> contenders, Duration time, int rounds) {

  /**
   * Measures with this number of connections, independently of earlier measurements, and prints
   * what was measured.
   *
   * @return the contenders with what was measured
   */
  public List<Contender> measureAndPrint(int connections) throws IOException, InterruptedException {
    List<Contender> measured = contenders.stream().map(Contender::withoutFigures).toList();
    Contender baseline = measured.getFirst();
    List<Contender> order = new ArrayList<>(measured);
    order.add(baseline);
    LoadGenerator loadGenerator = new LoadGenerator(connections);
    for (int round = 0; round < rounds; round++) {
      for (Contender contender : order) {
        contender.measureRound(loadGenerator, time);
      }
    }
    System.out.printf(
        "%d connection(s), medians of %d rounds of %d s each in turn, A twice [least – most]%n",
        connections, rounds, time.toSeconds());
    measured.forEach(contender -> System.out.println(contender.cpu().reportLine(baseline.cpu())));
    measured.forEach(
        contender -> System.out.println(contender.latency().reportLine(baseline.latency())));
    measured.forEach(contender -> System.out.println(contender.tail().reportLine(baseline.tail())));
    measured.forEach(contender -> System.out.println(contender.rate().reportLine(baseline.rate())));
    return measured;
  }
}
