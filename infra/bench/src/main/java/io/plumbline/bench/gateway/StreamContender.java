package io.plumbline.bench.gateway;

import io.plumbline.bench.load.Contender;
import io.plumbline.bench.load.Series;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One contender of the comparison of streams.
 *
 * @param contents the policy by which contents are kept while it is measured
 */
record StreamContender(
    Contender contender,
    String contents,
    Series median,
    Series tail,
    Series cpu,
    AtomicInteger finished,
    AtomicInteger damaged) {

  static StreamContender of(Contender contender, String contents) {
    String name = contender.name();
    return new StreamContender(
        contender,
        contents,
        new Series(name, "ms p50"),
        new Series(name, "ms p99"),
        new Series(name, "CPU µs"),
        new AtomicInteger(),
        new AtomicInteger());
  }
}
