package io.plumbline.evaluation.suite;

import io.plumbline.evaluation.scorer.Scorer;
import io.plumbline.evaluation.scorer.SuiteScorers;
import io.plumbline.items.Item;
import io.plumbline.platform.problem.Problem;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Checks that the items of a suite have what its scorers compare answers with. */
final class ExpectationCheck {

  /** The number of items that lack something, with one of them as an example. */
  private record Lacking(String what, int items, String example) {}

  private static final String LABEL = "label";

  private final List<Scorer> scorers;
  private final SuiteScorers prepared;
  private final Map<String, Lacking> lacking = new LinkedHashMap<>();
  private final Map<String, Integer> itemsOutOfScope = new LinkedHashMap<>();
  private @Nullable Lacking unlabelled;
  private int items;

  ExpectationCheck(List<Scorer> scorers) {
    this.scorers = scorers;
    this.prepared = SuiteScorers.of(scorers);
  }

  /** Records what an item has and lacks. Each item of the suite must be passed once. */
  void addItem(Item item) {
    items++;
    if (item.label().isEmpty()) {
      unlabelled = countedWith(unlabelled, LABEL, item);
    }
    for (Scorer scorer : scorers) {
      if (!prepared.applies(scorer.name(), item.expected())) {
        itemsOutOfScope.merge(scorer.name(), 1, Integer::sum);
      }
      prepared
          .missingPart(scorer.name(), item.expected())
          .ifPresent(what ->
              lacking.compute(scorer.name(), (n, former) -> countedWith(former, what, item)));
    }
  }

  private static Lacking countedWith(@Nullable Lacking former, String what, Item item) {
    if (former == null) {
      return new Lacking(what, 1, item.itemId());
    }
    return new Lacking(former.what, former.items + 1, former.example);
  }

  /** Returns how many items each scorer applies to; a scorer that applies to all has no entry. */
  Map<String, Integer> applicableItems() {
    Map<String, Integer> applicable = new LinkedHashMap<>();
    itemsOutOfScope.forEach((scorer, count) -> applicable.put(scorer, items - count));
    return applicable;
  }

  /** Returns whether each item has a label. */
  boolean allLabelled() {
    return unlabelled == null;
  }

  /**
   * Checks that the items can be scored.
   *
   * @throws Problem 422 for each scorer that cannot score the items or applies to none of them, and
   *     for perturbations of items without labels, since only labels show whether answers agree
   */
  void requireScorable(boolean perturbed) {
    Problem refusal =
        new Problem(
            SuiteProblem.NOT_MEASURABLE,
            "The items lack what the scorers or perturbations listed in errors need. Omit these,"
                + " choose a split whose items have what they need, or add it to the dataset.");
    for (int i = 0; i < scorers.size(); i++) {
      Scorer scorer = scorers.get(i);
      Lacking found = lacking.get(scorer.name());
      if (found != null && (prepared.requiresEveryItem(scorer.name()) || found.items == items)) {
        refusal.withFieldError("/scorers/" + i, shortageText(found));
      } else if (itemsOutOfScope.getOrDefault(scorer.name(), 0) == items) {
        refusal.withFieldError(
            "/scorers/" + i,
            "applies to none of %d items: it is for those with %s"
                .formatted(items, prepared.scopeInWords(scorer.name())));
      }
    }
    if (perturbed && unlabelled != null) {
      refusal.withFieldError("/perturbations", shortageText(unlabelled));
    }
    if (!refusal.errors().isEmpty()) {
      throw refusal;
    }
  }

  private String shortageText(Lacking found) {
    return "needs items with %s: %d of %d have none, such as %s"
        .formatted(found.what, found.items, items, found.example);
  }
}
