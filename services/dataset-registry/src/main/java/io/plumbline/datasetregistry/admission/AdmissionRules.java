package io.plumbline.datasetregistry.admission;

import static java.util.stream.Collectors.joining;

import io.plumbline.datasetregistry.dataset.DatasetKind;
import io.plumbline.policy.Policy;
import io.plumbline.policy.Rule;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Evaluates the rules of the active policies for every requested purpose. */
final class AdmissionRules {

  private AdmissionRules() {}

  /**
   * Training reads texts with their labels or compares answers, an index reads those texts or
   * documents, and an evaluation all that asks for an answer.
   */
  private static final Map<String, Set<Purpose>> OF_KIND =
      Map.of(
          DatasetKind.CHAT.name(), Set.of(Purpose.EVALUATE),
          DatasetKind.QUESTION_ANSWER.name(), Set.of(Purpose.EVALUATE),
          DatasetKind.PREFERENCE.name(), Set.of(Purpose.TRAIN),
          DatasetKind.DOCUMENTS.name(), Set.of(Purpose.INDEX));

  /** Why datasets of this kind can be used for some of the purposes only, whatever policies say. */
  static List<String> refusalsOfKind(String kind, Set<Purpose> purposes) {
    Set<Purpose> possible = OF_KIND.getOrDefault(kind, Set.of(Purpose.values()));
    return purposes.stream()
        .filter(purpose -> !possible.contains(purpose))
        .sorted()
        .map(purpose ->
            "%s: a dataset of the kind %s can be admitted to %s only. Use one of %s."
                .formatted(
                    purpose,
                    kind,
                    possible.stream().map(Purpose::name).sorted().collect(joining(", ")),
                    wanted(purpose)))
        .toList();
  }

  private static String wanted(Purpose purpose) {
    return switch (purpose) {
      case TRAIN -> "labelled texts";
      case INDEX -> "documents or labelled texts";
      case EVALUATE -> "labelled texts, conversations or questions";
    };
  }

  /**
   * Why the policies do not admit; empty when all of their rules hold for all purposes. A reason
   * that does not hold for all of several purposes names its purpose.
   */
  static List<String> refusals(List<Policy> policies, AdmissionInput input, Set<Purpose> purposes) {
    Set<String> reasons = new LinkedHashSet<>();
    policies.stream()
        .flatMap(policy -> policy.rules().stream())
        .forEach(rule -> reasons.addAll(refusals(rule, input, purposes)));
    return List.copyOf(reasons);
  }

  private static List<String> refusals(Rule rule, AdmissionInput input, Set<Purpose> purposes) {
    Map<Purpose, String> refused = new LinkedHashMap<>();
    for (Purpose purpose : purposes) {
      rule.refusal(input.values(purpose)).ifPresent(reason -> refused.put(purpose, reason));
    }
    return refused.size() == purposes.size()
        ? refused.values().stream().distinct().limit(1).toList()
        : refused.entrySet().stream()
            .map(entry -> entry.getKey() + ": " + entry.getValue())
            .toList();
  }
}
