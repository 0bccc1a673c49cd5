package io.plumbline.strategy.plan;

import io.plumbline.contracts.Criterion;
import io.plumbline.strategy.projection.Suite;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds how new criteria are less strict than those in force. One person alone may not register
 * less strict criteria.
 */
final class CriteriaLoosening {

  private CriteriaLoosening() {}

  /** Returns one sentence for each difference; empty if the new criteria are at least as strict. */
  static List<String> describe(
      CriteriaView inForce, Suite formerSuite, CriteriaSet next, Suite suite) {
    List<String> loosens = new ArrayList<>();
    List<String> weaker = suite.findWeakenings(formerSuite);
    if (!weaker.isEmpty()) {
      loosens.add(
          "%s judges instead of %s: %s"
              .formatted(
                  suite.nameAndVersion(), formerSuite.nameAndVersion(), String.join(", ", weaker)));
    }
    if (next.plannedVerdicts() < inForce.plannedVerdicts()) {
      loosens.add(
          "%d verdicts are planned instead of %d, so each may be wrong more often"
              .formatted(next.plannedVerdicts(), inForce.plannedVerdicts()));
    }
    for (Criterion former : inForce.criteria()) {
      next.criteria().stream()
          .filter(each -> each.metric().equals(former.metric()))
          .findFirst()
          .ifPresentOrElse(
              each -> addDifferences(former, each, loosens),
              () -> loosens.add(former.metric() + " is no longer required"));
    }
    if (next.candidatesPerPhase() < inForce.candidatesPerPhase()) {
      loosens.add(
          "%d variants of a phase are tried instead of %d"
              .formatted(next.candidatesPerPhase(), inForce.candidatesPerPhase()));
    }
    return loosens;
  }

  private static void addDifferences(Criterion former, Criterion next, List<String> loosens) {
    if (isEasier(former, next.threshold())) {
      loosens.add(changeSentence(former, "threshold", former.threshold(), next.threshold()));
    }
    if (acceptedLoss(next) > acceptedLoss(former)) {
      loosens.add(changeSentence(former, "margin", former.margin(), next.margin()));
    }
    if (next.sampleSize() < former.sampleSize()) {
      loosens.add(changeSentence(former, "sample size", former.sampleSize(), next.sampleSize()));
    }
    if (next.minimumEffect() > former.minimumEffect()) {
      loosens.add(
          "%s is planned to see %s instead of %s from its threshold, which takes fewer items"
              .formatted(former.metric(), next.minimumEffect(), former.minimumEffect()));
    }
    if (next.power() < former.power()) {
      loosens.add(changeSentence(former, "power", former.power(), next.power()));
    }
  }

  private static boolean isEasier(Criterion former, double threshold) {
    return switch (former.direction()) {
      case AT_LEAST -> threshold < former.threshold();
      case AT_MOST -> threshold > former.threshold();
    };
  }

  /**
   * Returns the accepted loss against the baseline. Without a margin it has no limit, because
   * nothing is compared.
   */
  private static double acceptedLoss(Criterion criterion) {
    return criterion.margin() == 0 ? Double.MAX_VALUE : criterion.margin();
  }

  private static String changeSentence(Criterion criterion, String what, double from, double to) {
    return "the %s of %s is %s instead of %s".formatted(what, criterion.metric(), to, from);
  }
}
