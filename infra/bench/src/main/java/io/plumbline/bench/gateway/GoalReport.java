package io.plumbline.bench.gateway;

import io.plumbline.bench.load.Contender;
import io.plumbline.bench.load.Series;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/** The measured figures in the terms of the goals P1 and P2. */
record GoalReport(List<Contender> measured) {

  static final String BARE = "bare Spring Cloud Gateway";
  static final String NGINX = "nginx";
  static final String OWN = "inference, own port";
  static final String HIT = "inference, exact-cache hit";
  static final String THROUGH = "gateway and inference";
  static final String PORTKEY = "Portkey OSS 1.15.2";

  /**
   * Returns a line for each goal, with what was measured beside it.
   *
   * @param alone whether there was one connection only
   */
  List<String> lines(boolean alone) {
    double cpu = medianOf(BARE, Contender::cpu).orElseThrow();
    double own = medianOf(OWN, Contender::rate).orElseThrow();
    double through = medianOf(THROUGH, Contender::rate).orElseThrow();
    double hit = medianOf(HIT, Contender::rate).orElseThrow();
    return List.of(
        line(
            "P1 own port ≤ 1.3× a bare gateway's CPU",
            medianOf(OWN, Contender::cpu).map(it -> it / cpu),
            "×"),
        line(
            "P1 gateway ≤ 2.5× a bare gateway's CPU",
            medianOf(THROUGH, Contender::cpu).map(it -> it / cpu),
            "×"),
        line(
            "P1 own port ≥ 6× Portkey's rate",
            medianOf(PORTKEY, Contender::rate).map(it -> own / it),
            "×"),
        line(
            "P1 gateway ≥ 3× Portkey's rate",
            medianOf(PORTKEY, Contender::rate).map(it -> through / it),
            "×"),
        line(
            alone ? "P2 p50 ≤ nginx + 0.4 ms" : "p50 beyond nginx; P2 asks for one connection",
            medianOf(NGINX, Contender::latency)
                .map(it -> medianOf(OWN, Contender::latency).orElseThrow() - it),
            " ms"),
        line("P2 exact-cache hit ≥ 1.5× the proxied rate", Optional.of(hit / own), "×"));
  }

  /** Returns the median of a figure of a contender; empty when the contender was left out. */
  private Optional<Double> medianOf(String name, Function<Contender, Series> figures) {
    return measured.stream()
        .filter(each -> each.name().equals(name))
        .map(figures)
        .map(Series::median)
        .findFirst();
  }

  private static String line(String goal, Optional<Double> value, String unit) {
    return String.format(
        Locale.ROOT,
        "  %-48s %s",
        goal,
        value
            .map(it -> String.format(Locale.ROOT, "%.2f%s", it, unit))
            .orElse("not measured: the rival is left out"));
  }
}
