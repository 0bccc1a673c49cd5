package io.plumbline.evaluation.metric;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The agreement of the answer to a perturbed input with the answer to its original. An unreadable
 * answer agrees with nothing.
 */
public record Agreement(String itemId, Perturbation perturbation, boolean agrees) {

  /** Returns one for each perturbed observation that has an original, in the order given. */
  public static List<Agreement> of(List<Observation> observations) {
    Map<String, Observation> originals = new HashMap<>();
    observations.stream()
        .filter(Observation::isOriginal)
        .forEach(o -> originals.put(o.itemId(), o));
    return observations.stream()
        .filter(o -> !o.isOriginal())
        .flatMap(o ->
            Optional.ofNullable(originals.get(o.itemId()))
                .map(original -> between(original, o))
                .stream())
        .toList();
  }

  private static Agreement between(Observation original, Observation perturbed) {
    String answer = original.prediction();
    return new Agreement(
        original.itemId(),
        perturbed.perturbation(),
        answer != null && answer.equals(perturbed.prediction()));
  }
}
