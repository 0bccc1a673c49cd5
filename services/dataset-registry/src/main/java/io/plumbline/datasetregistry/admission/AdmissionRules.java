package io.plumbline.datasetregistry.admission;

import static java.util.stream.Collectors.joining;

import io.plumbline.datasetregistry.dataset.DatasetKind;
import io.plumbline.policy.Policy;
import io.plumbline.policy.Rule;
import io.plumbline.policy.WorkBudget;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Evaluates the rules of the active policies for every requested purpose. */
final class AdmissionRules {

  private AdmissionRules() {}

  /**
   * The purposes that each kind of dataset can serve; a kind that is not listed can serve all.
   * Training needs labelled texts or compared answers, an index needs labelled texts or documents,
   * and an evaluation needs items that ask for an answer.
   */
  private static final Map<String, Set<Purpose>> PURPOSES_BY_KIND =
      Map.of(
          DatasetKind.CHAT.name(), Set.of(Purpose.EVALUATE),
          DatasetKind.QUESTION_ANSWER.name(), Set.of(Purpose.EVALUATE),
          DatasetKind.PREFERENCE.name(), Set.of(Purpose.TRAIN),
          DatasetKind.DOCUMENTS.name(), Set.of(Purpose.INDEX));

  /** Returns a reason for each purpose that datasets of the kind cannot serve under any policy. */
  static List<String> refusalsForDatasetKind(String kind, Set<Purpose> purposes) {
    Set<Purpose> possible = PURPOSES_BY_KIND.getOrDefault(kind, Set.of(Purpose.values()));
    return purposes.stream()
        .filter(purpose -> !possible.contains(purpose))
        .sorted()
        .map(purpose ->
            "%s: a dataset of the kind %s can be admitted to %s only. Use one of %s."
                .formatted(
                    purpose,
                    kind,
                    possible.stream().map(Purpose::name).sorted().collect(joining(", ")),
                    suitableData(purpose)))
        .toList();
  }

  private static String suitableData(Purpose purpose) {
    return switch (purpose) {
      case TRAIN -> "labelled texts";
      case INDEX -> "documents or labelled texts";
      case EVALUATE -> "labelled texts, conversations or questions";
    };
  }

  /**
   * Returns why the policies refuse; empty when all of their rules hold for all purposes. A reason
   * that concerns only some of the purposes names its purpose.
   */
  static List<String> refusals(List<Policy> policies, AdmissionInput input, Set<Purpose> purposes) {
    Set<String> reasons = new LinkedHashSet<>();
    Map<Purpose, WorkBudget> budgets = new LinkedHashMap<>();
    purposes.forEach(purpose -> budgets.put(purpose, new WorkBudget()));
    policies.stream()
        .flatMap(policy -> policy.rules().stream())
        .forEach(rule -> reasons.addAll(refusals(rule, input, budgets)));
    return List.copyOf(reasons);
  }

  private static List<String> refusals(
      Rule rule, AdmissionInput input, Map<Purpose, WorkBudget> budgets) {
    Map<Purpose, String> refused = new LinkedHashMap<>();
    budgets.forEach((purpose, budget) ->
        rule.refusalReason(input.policyVariables(purpose), budget)
            .ifPresent(reason -> refused.put(purpose, reason)));
    if (refused.size() == budgets.size()) {
      return refused.values().stream().distinct().limit(1).toList();
    }
    return refused.entrySet().stream()
        .map(entry -> entry.getKey() + ": " + entry.getValue())
        .toList();
  }
}
