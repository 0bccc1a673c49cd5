package io.plumbline.evaluation.suite;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.contracts.Digest;
import io.plumbline.evaluation.metric.Perturbation;
import io.plumbline.evaluation.scorer.Scorer;
import io.plumbline.evaluation.scorer.ScorerType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class SamplingTests {

  private static List<Sampling.Candidate> candidates() {
    List<Sampling.Candidate> candidates = new ArrayList<>();
    for (int i = 0; i < 1000; i++) {
      candidates.add(new Sampling.Candidate("id" + i, i < 700 ? "ham" : i < 995 ? "spam" : "rare"));
    }
    return candidates;
  }

  private static SuiteDefinition definition(int maxItems, int perturbed, long seed) {
    Digest digest = Digest.ofText("x");
    return new SuiteDefinition(
        "suite",
        digest,
        "test",
        digest,
        List.of(Scorer.of(ScorerType.LABEL)),
        maxItems,
        List.of(Perturbation.LOWER_CASE, Perturbation.TRUNCATED),
        perturbed,
        seed);
  }

  @Test
  void keeps_the_shares_of_the_labels() {
    Map<String, Long> counts =
        Sampling.stratified(candidates()::forEach, 100, "k").stream()
            .collect(Collectors.groupingBy(Sampling.Candidate::label, Collectors.counting()));
    assertThat(counts).isEqualTo(Map.of("ham", 70L, "spam", 29L, "rare", 1L));
  }

  @Test
  void does_not_depend_on_the_order_of_the_rows() {
    List<Sampling.Candidate> turned = new ArrayList<>(candidates());
    Collections.reverse(turned);
    assertThat(Sampling.drawItems(turned::forEach, definition(100, 20, 1)))
        .isEqualTo(Sampling.drawItems(candidates()::forEach, definition(100, 20, 1)));
    assertThat(Sampling.drawItems(candidates()::forEach, definition(100, 20, 2)))
        .isNotEqualTo(Sampling.drawItems(candidates()::forEach, definition(100, 20, 1)));
  }

  @Test
  void perturbs_some_of_the_items_each_in_one_way() {
    List<Sampling.Drawn> items = Sampling.drawItems(candidates()::forEach, definition(100, 20, 1));
    Map<Perturbation, Long> kinds =
        items.stream()
            .collect(Collectors.groupingBy(Sampling.Drawn::perturbation, Collectors.counting()));
    assertThat(kinds)
        .isEqualTo(
            Map.of(
                Perturbation.NONE,
                100L,
                Perturbation.LOWER_CASE,
                10L,
                Perturbation.TRUNCATED,
                10L));
    assertThat(items.subList(0, 100))
        .extracting(Sampling.Drawn::itemId)
        .containsAll(items.subList(100, 120).stream().map(Sampling.Drawn::itemId).toList());
  }

  @Test
  void takes_all_when_there_are_fewer() {
    assertThat(Sampling.drawItems(candidates().subList(0, 7)::forEach, definition(100, 20, 1)))
        .hasSize(14);
  }
}
