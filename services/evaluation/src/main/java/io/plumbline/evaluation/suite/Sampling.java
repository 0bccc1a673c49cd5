package io.plumbline.evaluation.suite;

import io.plumbline.contracts.Digest;
import io.plumbline.evaluation.metric.Perturbation;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.PriorityQueue;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Picks a suite's items, stratified by label with the largest remainders rounded up, and within a
 * label by the order of a keyed hash. The choice therefore depends on the rows and the seed, not on
 * the order of the file, and a larger sample of the same proportions contains a smaller one.
 */
final class Sampling {

  /** A row that can become an item. */
  record Candidate(String id, @Nullable String label) {

    /** Returns the stratum; items without a label form one. */
    private String stratum() {
      return Objects.requireNonNullElse(label, "");
    }
  }

  /** A row that became an item. */
  record Drawn(String itemId, Perturbation perturbation, @Nullable String label) {}

  private Sampling() {}

  /** Rows that can become items, which are read as often as they are asked for. */
  @FunctionalInterface
  interface Candidates {
    void forEach(Consumer<Candidate> consumer);
  }

  private record Ranked(String rank, Candidate candidate) {}

  /** Draws the items. Memory holds no more candidates than are drawn. */
  static List<Drawn> drawItems(Candidates candidates, SuiteDefinition definition) {
    List<Candidate> sampled =
        stratified(candidates, definition.maxItems(), "item:" + definition.seed());
    List<Drawn> items = new ArrayList<>();
    sampled.forEach(c -> items.add(new Drawn(c.id(), Perturbation.NONE, c.label())));
    if (!definition.perturbations().isEmpty()) {
      List<Candidate> perturbed =
          stratified(
              sampled::forEach, definition.perturbedItems(), "perturbation:" + definition.seed());
      for (int i = 0; i < perturbed.size(); i++) {
        Perturbation kind = definition.perturbations().get(i % definition.perturbations().size());
        items.add(new Drawn(perturbed.get(i).id(), kind, perturbed.get(i).label()));
      }
    }
    return items;
  }

  /** Reads the candidates twice: to count each stratum, and to keep those of the lowest ranks. */
  static List<Candidate> stratified(Candidates candidates, int size, String key) {
    Map<String, Integer> strata = new TreeMap<>();
    candidates.forEach(candidate -> strata.merge(candidate.stratum(), 1, Integer::sum));
    Map<String, Integer> quotas = quotas(strata, size);
    Map<String, PriorityQueue<Ranked>> lowest = new TreeMap<>();
    candidates.forEach(candidate -> {
      String rank = Digest.ofText(key + ":" + candidate.id()).hex();
      keepIfLow(
          new Ranked(rank, candidate),
          lowest.computeIfAbsent(candidate.stratum(), label -> highestFirst()),
          quotas.getOrDefault(candidate.stratum(), 0));
    });
    return lowest.values().stream()
        .flatMap(Collection::stream)
        .sorted(Comparator.comparing(Ranked::rank))
        .map(Ranked::candidate)
        .toList();
  }

  private static PriorityQueue<Ranked> highestFirst() {
    return new PriorityQueue<>(Comparator.comparing(Ranked::rank).reversed());
  }

  private static void keepIfLow(Ranked ranked, PriorityQueue<Ranked> kept, int quota) {
    kept.add(ranked);
    if (kept.size() > quota) {
      kept.remove();
    }
  }

  private static Map<String, Integer> quotas(Map<String, Integer> strata, int wanted) {
    int total = strata.values().stream().mapToInt(Integer::intValue).sum();
    int size = Math.min(wanted, total);
    Map<String, Integer> quotas = new TreeMap<>();
    strata.forEach((label, rows) -> quotas.put(label, (int) ((long) rows * size / total)));
    int left = size - quotas.values().stream().mapToInt(Integer::intValue).sum();
    strata.entrySet().stream()
        .sorted(
            Comparator.<Map.Entry<String, Integer>>comparingLong(
                    stratum -> -((long) stratum.getValue() * size % total))
                .thenComparing(Map.Entry::getKey))
        .limit(left)
        .forEach(stratum -> quotas.merge(stratum.getKey(), 1, Integer::sum));
    return quotas;
  }
}
