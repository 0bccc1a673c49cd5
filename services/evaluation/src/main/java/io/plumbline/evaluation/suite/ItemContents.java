package io.plumbline.evaluation.suite;

import io.plumbline.contracts.Digest;
import io.plumbline.evaluation.metric.Perturbation;
import io.plumbline.items.Item;
import io.plumbline.platform.problem.Problem;
import io.plumbline.platform.similarity.NormalText;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * The contents of drawn items: their digests, and which perturbations change nothing. An item that
 * a perturbation does not change says nothing about consistency and is left out. A perturbation
 * that does not change most of its items is rejected.
 */
final class ItemContents {

  /** The share of its texts that a perturbation must change. */
  static final double MIN_CHANGED = 0.5;

  private final Map<String, List<Sampling.Drawn>> wanted = new HashMap<>();
  private final Map<String, Digest> digests = new HashMap<>();
  private final Set<Sampling.Drawn> unchanged = new HashSet<>();

  ItemContents(Collection<Sampling.Drawn> drawn) {
    drawn.forEach(item -> wanted.computeIfAbsent(item.itemId(), id -> new ArrayList<>()).add(item));
  }

  /**
   * Returns the digest by which an input is recognised wherever it appears. It is that of its
   * normalised text, so that case and punctuation do not make another item; where the normalised
   * text is empty, it is that of the text itself.
   */
  static Digest contentDigest(String text) {
    NormalText normal = NormalText.of(text);
    if (normal.isEmpty()) {
      return Digest.ofText(text);
    }
    return Digest.ofText(normal.value());
  }

  /** Records the digest of a drawn item, and which of its perturbations change nothing. */
  void addItem(Item item) {
    List<Sampling.Drawn> questions = wanted.getOrDefault(item.itemId(), List.of());
    if (!questions.isEmpty()) {
      digests.put(item.itemId(), contentDigest(item.text()));
    }
    for (Sampling.Drawn question : questions) {
      if (question.perturbation() != Perturbation.NONE
          && item.input().withQuestion(question.perturbation()::apply).equals(item.input())) {
        unchanged.add(question);
      }
    }
  }

  /** Returns the digest of an item's content; empty unless the item was drawn and read. */
  Optional<Digest> digestOf(String itemId) {
    return Optional.ofNullable(digests.get(itemId));
  }

  /**
   * Returns the items of the suite, without those that their perturbation does not change.
   *
   * @throws Problem 422 when a perturbation changes too few of its texts
   */
  List<SuiteItem> suiteItems(List<Sampling.Drawn> drawn) {
    requireEffectivePerturbations(drawn);
    List<SuiteItem> items = new ArrayList<>();
    for (Sampling.Drawn item : drawn) {
      Digest content = digests.get(item.itemId());
      if (content == null) {
        throw new IllegalStateException("The subset has no item " + item.itemId());
      }
      if (!unchanged.contains(item)) {
        items.add(
            new SuiteItem(items.size(), item.itemId(), item.perturbation(), item.label(), content));
      }
    }
    return items;
  }

  private void requireEffectivePerturbations(List<Sampling.Drawn> drawn) {
    Map<Perturbation, Integer> given = new TreeMap<>();
    Map<Perturbation, Integer> changed = new TreeMap<>();
    for (Sampling.Drawn item : drawn) {
      given.merge(item.perturbation(), 1, Integer::sum);
      changed.merge(item.perturbation(), unchanged.contains(item) ? 0 : 1, Integer::sum);
    }
    given.forEach((kind, texts) -> {
      int effective = changed.getOrDefault(kind, 0);
      if (effective < MIN_CHANGED * texts) {
        throw new Problem(
                SuiteProblem.NOT_MEASURABLE,
                "Omit %s, or choose another perturbation: sent again unchanged, a text says nothing about consistency."
                    .formatted(kind))
            .withFieldError(
                "/perturbations/kinds",
                "%s changes %d of %d texts, fewer than %.0f%%"
                    .formatted(kind, effective, texts, 100 * MIN_CHANGED));
      }
    });
  }
}
