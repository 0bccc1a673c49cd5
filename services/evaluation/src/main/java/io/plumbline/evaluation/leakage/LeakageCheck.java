package io.plumbline.evaluation.leakage;

import io.plumbline.evaluation.leakage.Leakage.Source;
import io.plumbline.evaluation.metric.Perturbation;
import io.plumbline.evaluation.projection.Variant;
import io.plumbline.evaluation.suite.SubsetItems;
import io.plumbline.evaluation.suite.Suite;
import io.plumbline.evaluation.suite.SuiteItem;
import io.plumbline.items.Document;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/**
 * Compares the items of a suite with the content that a variant used. Both are immutable, so the
 * result is a function of their digests. A check reads the rows that the variant used in one pass.
 */
@Component
public class LeakageCheck {

  /**
   * The result of a check.
   *
   * @param excluded the ids of the leaking items
   */
  public record Result(Leakage leakage, Set<String> excluded) {

    public Result {
      excluded = Set.copyOf(excluded);
    }

    public String refusalReason() {
      return leakage.refusalReason();
    }
  }

  private final VariantLineages lineages;
  private final PromptTexts prompts;
  private final SubsetItems subsets;
  private final Leakages leakages;

  LeakageCheck(
      VariantLineages lineages, PromptTexts prompts, SubsetItems subsets, Leakages leakages) {
    this.lineages = lineages;
    this.prompts = prompts;
    this.subsets = subsets;
    this.leakages = leakages;
  }

  /**
   * Returns the items of a run's suite that leaked into its variant. They are compared once, and
   * the result is stored.
   *
   * @throws UnknownPrompt when the variant's prompt cannot be read as it was published
   */
  public Result leakageOf(UUID run, Suite suite, List<SuiteItem> items, Variant variant) {
    Optional<Result> stored = leakages.find(run);
    if (stored.isPresent()) {
      return stored.get();
    }
    Result result = findLeakage(suite, items, variant);
    leakages.add(run, result);
    return result;
  }

  private Result findLeakage(Suite suite, List<SuiteItem> items, Variant variant) {
    VariantLineage used =
        lineages
            .lineageOf(variant)
            .orElseThrow(() ->
                new IllegalStateException(
                    "The lineage of variant " + variant.digest() + " is not known here"));
    ItemMatcher matcher = matcherOf(suite, items);
    PromptTexts.Texts prompt = prompts.textsOf(used.prompt());
    prompt.examples().forEach(text -> matcher.compareText(Source.EXAMPLES, text));
    prompt.rest().forEach(text -> matcher.compareText(Source.PROMPT, text));
    for (VariantLineage.Rows subset : used.rows()) {
      subsets.forEach(
          subset.subset(),
          item -> {
            Document document = item.input().document();
            if (subset.documents() && document != null) {
              matcher.compareDocument(subset.source(), document);
            } else {
              matcher.compareText(subset.source(), item.text());
            }
          });
    }
    return new Result(matcher.leakage(), matcher.leakingItemIds());
  }

  private ItemMatcher matcherOf(Suite suite, List<SuiteItem> items) {
    Set<String> originals =
        items.stream()
            .filter(item -> item.perturbation() == Perturbation.NONE)
            .map(SuiteItem::itemId)
            .collect(Collectors.toSet());
    ItemMatcher matcher = new ItemMatcher();
    subsets.forEach(
        suite.definition().subsetDigest(),
        item -> {
          if (originals.contains(item.itemId())) {
            matcher.add(item);
          }
        });
    return matcher;
  }
}
