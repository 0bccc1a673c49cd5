package io.plumbline.demo.mail;

import io.plumbline.demo.step.DemoContext;
import io.plumbline.demo.step.Evaluations;
import io.plumbline.demo.step.OutcomeProbabilities;
import io.plumbline.statistics.Interval;
import io.plumbline.statistics.PairedOutcomes;
import io.plumbline.statistics.Proportion;
import io.plumbline.statistics.VerdictPlan;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/**
 * The probability that the verdicts on the mail have their expected outcomes. Test items stay
 * sealed, so validation items are drawn, as many as the test has. Macro-F1 and latency are left
 * out: they are far from their thresholds.
 */
final class MailOutcomeSimulation {

  private static final double CONFIDENCE =
      new VerdictPlan(MailPlan.PLANNED_VERDICTS).intervalConfidence();
  private static final String ORIGINAL = "NONE";

  /** An item as two variants answered it. */
  private record Item(boolean fewShot, boolean retrieval) {}

  private final MailPlan plan;
  private final List<Item> items;
  private final List<Boolean> agreements;

  /**
   * @param items whether few-shot and retrieval were right, in this order
   * @param agreements whether retrieval answered each perturbed item like its original
   */
  private MailOutcomeSimulation(MailPlan plan, List<Item> items, List<Boolean> agreements) {
    this.plan = plan;
    this.items = items;
    this.agreements = agreements;
  }

  static MailOutcomeSimulation of(DemoContext demo, JsonNode fewShotRun, JsonNode retrievalRun) {
    return of(
        MailPlan.of(demo.size),
        Evaluations.items(demo, fewShotRun),
        Evaluations.items(demo, retrievalRun));
  }

  /**
   * Returns the chances by the items that both runs answered.
   *
   * @param fewShot the items of the run with examples in the prompt, over validation rows
   * @param retrieval the items of the run with retrieval, over validation rows
   */
  static MailOutcomeSimulation of(MailPlan plan, List<JsonNode> fewShot, List<JsonNode> retrieval) {
    Map<String, JsonNode> first = originals(fewShot);
    Map<String, JsonNode> second = originals(retrieval);
    List<Item> items = new ArrayList<>();
    second.forEach((id, item) -> {
      JsonNode other = first.get(id);
      if (other != null) {
        items.add(new Item(isRight(other), isRight(item)));
      }
    });
    List<Boolean> agreements = new ArrayList<>();
    for (JsonNode item : retrieval) {
      JsonNode original = second.get(item.at("/itemId").asString());
      if (original != null && !isOriginal(item)) {
        agreements.add(original.at("/prediction").equals(item.at("/prediction")));
      }
    }
    return new MailOutcomeSimulation(plan, List.copyOf(items), agreements);
  }

  OutcomeProbabilities estimateProbabilities() {
    return OutcomeProbabilities.of(7, this::resampledOutcomes);
  }

  /** Returns which outcomes the items have as they are. */
  Map<String, Boolean> outcomes() {
    return outcomes(items, agreements);
  }

  private Map<String, Boolean> resampledOutcomes(Random random) {
    List<Item> drawn = OutcomeProbabilities.draw(items, plan.test(), random);
    return outcomes(drawn, OutcomeProbabilities.draw(agreements, plan.perturbed(), random));
  }

  private Map<String, Boolean> outcomes(List<Item> judged, List<Boolean> agreeing) {
    boolean[] fewShot = toBooleans(judged, Item::fewShot);
    boolean[] retrieval = toBooleans(judged, Item::retrieval);
    Map<String, Boolean> outcomes = new LinkedHashMap<>();
    outcomes.put("the prompt fails", shareInterval(fewShot).high() < plan.minAccuracy());
    outcomes.put("retrieval passes accuracy", shareInterval(retrieval).low() >= plan.minAccuracy());
    outcomes.put(
        "no loss to the baseline",
        PairedOutcomes.of(fewShot, retrieval).tangoInterval(CONFIDENCE).low()
            >= -MailPlan.ACCURACY_MARGIN);
    outcomes.put(
        "consistency",
        shareInterval(toBooleans(agreeing, each -> each)).low() >= MailPlan.MIN_CONSISTENCY);
    return outcomes;
  }

  private static <T> boolean[] toBooleans(List<T> items, Predicate<T> right) {
    boolean[] array = new boolean[items.size()];
    for (int i = 0; i < array.length; i++) {
      array[i] = right.test(items.get(i));
    }
    return array;
  }

  /** Returns the interval of the share that is right. */
  private static Interval shareInterval(boolean[] right) {
    int successes = 0;
    for (boolean each : right) {
      successes += each ? 1 : 0;
    }
    return new Proportion(successes, right.length).wilsonInterval(CONFIDENCE);
  }

  private static Map<String, JsonNode> originals(List<JsonNode> items) {
    return items.stream()
        .filter(MailOutcomeSimulation::isOriginal)
        .collect(
            Collectors.toMap(
                item -> item.at("/itemId").asString(),
                Function.identity(),
                (one, other) -> one,
                LinkedHashMap::new));
  }

  private static boolean isOriginal(JsonNode item) {
    return item.at("/perturbation").asString(ORIGINAL).equals(ORIGINAL);
  }

  private static boolean isRight(JsonNode item) {
    return item.at("/scores/label/score").asDouble(0) == 1;
  }
}
