package io.plumbline.evaluation.suite;

import io.plumbline.contracts.Digest;
import io.plumbline.evaluation.metric.Perturbation;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
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

  static List<Drawn> drawItems(List<Candidate> candidates, SuiteDefinition definition) {
    List<Candidate> sampled =
        stratified(candidates, definition.maxItems(), "item:" + definition.seed());
    List<Drawn> items = new ArrayList<>();
    sampled.forEach(c -> items.add(new Drawn(c.id(), Perturbation.NONE, c.label())));
    if (!definition.perturbations().isEmpty()) {
      List<Candidate> perturbed =
          stratified(sampled, definition.perturbedItems(), "perturbation:" + definition.seed());
      for (int i = 0; i < perturbed.size(); i++) {
        Perturbation kind = definition.perturbations().get(i % definition.perturbations().size());
        items.add(new Drawn(perturbed.get(i).id(), kind, perturbed.get(i).label()));
      }
    }
    return items;
  }

  static List<Candidate> stratified(List<Candidate> candidates, int size, String key) {
    Map<String, String> rank =
        candidates.stream()
            .collect(Collectors.toMap(Candidate::id, c -> Digest.ofText(key + ":" + c.id()).hex()));
    Comparator<Candidate> byRank = Comparator.comparing(c -> rank.getOrDefault(c.id(), ""));
    Map<String, List<Candidate>> strata =
        candidates.stream()
            .sorted(byRank)
            .collect(Collectors.groupingBy(Candidate::stratum, TreeMap::new, Collectors.toList()));
    Map<String, Integer> quotas =
        quotas(strata, Math.min(size, candidates.size()), candidates.size());
    return strata.entrySet().stream()
        .flatMap(
            stratum -> stratum.getValue().stream().limit(quotas.getOrDefault(stratum.getKey(), 0)))
        .sorted(byRank)
        .toList();
  }

  private static Map<String, Integer> quotas(
      Map<String, List<Candidate>> strata, int size, int total) {
    Map<String, Integer> quotas = new TreeMap<>();
    strata.forEach((label, rows) -> quotas.put(label, (int) ((long) rows.size() * size / total)));
    int left = size - quotas.values().stream().mapToInt(Integer::intValue).sum();
    strata.entrySet().stream()
        .sorted(
            Comparator.<Map.Entry<String, List<Candidate>>>comparingLong(
                    s -> -((long) s.getValue().size() * size % total))
                .thenComparing(Map.Entry::getKey))
        .limit(left)
        .forEach(stratum -> quotas.merge(stratum.getKey(), 1, Integer::sum));
    return quotas;
  }
}
