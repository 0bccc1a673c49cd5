package io.plumbline.bench.gateway;

import io.plumbline.bench.load.Series;
import io.plumbline.bench.load.StreamLoad;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A comparison of contenders that pass the same streams on, in turn. The first, which adds nothing,
 * is measured once more at the end of each round.
 *
 * @param warmUp the warm-up of each contender before the first round
 * @param keeping sets what is kept of contents
 */
record StreamComparison(
    List<StreamContender> sides,
    int streams,
    Duration warmUp,
    Duration time,
    int rounds,
    ContentPolicySetter keeping) {

  /** Sets what is kept of contents. */
  @FunctionalInterface
  interface ContentPolicySetter {
    void set(String contents) throws IOException, InterruptedException;
  }

  /** Measures the sides in turn, and prints what was measured. */
  void measureAndPrint() throws IOException, InterruptedException {
    StreamLoad load = new StreamLoad(streams, WordStream.DELTAS, WordStream.LENGTH);
    List<StreamContender> compared = new ArrayList<>();
    for (StreamContender side : sides) {
      if (measureUnlessBroken(load, side, warmUp, false)) {
        compared.add(side);
      }
    }
    for (int round = 0; round < rounds && isComparable(compared); round++) {
      List<StreamContender> order = new ArrayList<>(compared);
      order.add(sides.getFirst());
      for (StreamContender side : order) {
        if (!measureUnlessBroken(load, side, time, true)) {
          compared.remove(side);
        }
      }
    }
    if (isComparable(compared)) {
      printMeasured(compared);
    } else {
      System.out.println(
          "Streams are not compared, because "
              + sides.get(0).contender().name()
              + " or "
              + sides.get(1).contender().name()
              + ", which the others are compared with, broke off.");
    }
  }

  /** Returns whether the two contenders that the others are compared with are left. */
  private boolean isComparable(List<StreamContender> compared) {
    return compared.containsAll(sides.subList(0, 2));
  }

  private void printMeasured(List<StreamContender> compared) {
    System.out.printf(
        "%d streams of %d parts, one each %d ms; medians of %d rounds of %d s [least – most]%n",
        streams, WordStream.DELTAS.size(), WordStream.PAUSE.toMillis(), rounds, time.toSeconds());
    StreamContender itself = sides.getFirst();
    // The provider's own work is not measured, so the others are compared with the bare gateway.
    Series bare = sides.get(1).cpu();
    System.out.println("until the first part:");
    compared.forEach(side -> System.out.println(side.median().reportLine(itself.median())));
    compared.forEach(side -> System.out.println(side.tail().reportLine(itself.tail())));
    System.out.println("CPU a stream:");
    compared.stream().skip(1).forEach(side -> System.out.println(side.cpu().reportLine(bare)));
    compared.forEach(side ->
        System.out.printf(
            "  %-44s %,d streams, %d not whole; p99 %+.2f ms, p50 %+.2f ms%n",
            side.contender().name(),
            side.finished().get(),
            side.damaged().get(),
            side.tail().median() - itself.tail().median(),
            side.median().median() - itself.median().median()));
  }

  /**
   * Measures a contender once more, and returns whether all of its streams went on to their ends.
   * Prints which contender is left out when one did not.
   */
  private boolean measureUnlessBroken(
      StreamLoad load, StreamContender side, Duration length, boolean counts)
      throws IOException, InterruptedException {
    try {
      measureContender(load, side, length, counts);
      return true;
    } catch (StreamLoad.StreamBroken broken) {
      System.out.printf("%s is left out: %s%n", side.contender().name(), broken.getMessage());
      return false;
    }
  }

  private void measureContender(
      StreamLoad load, StreamContender side, Duration length, boolean counts)
      throws IOException, InterruptedException {
    keeping.set(side.contents());
    int port = side.contender().port();
    StreamLoad.Figures figures =
        load.measure(
            length, port, side.contender().request().to(port), side.contender().processes());
    side.finished().addAndGet(figures.finished());
    side.damaged().addAndGet(figures.damaged());
    if (counts) {
      side.median().add(Series.percentile(figures.firstMillis(), 0.5));
      side.tail().add(Series.percentile(figures.firstMillis(), 0.99));
      side.cpu().add(figures.cpuMicros());
    }
  }
}
