package io.plumbline.evaluation.output;

import java.math.BigDecimal;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The usage of the judges of a run, without that of the judged variant.
 *
 * @param replies the number of replies received from judges
 * @param costUsd the cost of the replies; absent when the price of one is unknown
 */
public record JudgeUsage(
    int replies, long promptTokens, long completionTokens, @Nullable BigDecimal costUsd) {

  /** Returns the usage of a run's own calls; empty when it asked no judge. */
  public static Optional<JudgeUsage> of(List<RunItem> items) {
    List<JudgeCall> calls =
        items.stream()
            .flatMap(item -> item.judged().values().stream())
            .filter(call -> !call.earlier())
            .toList();
    if (calls.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new JudgeUsage(
            calls.stream().mapToInt(JudgeCall::replies).sum(),
            calls.stream().mapToLong(JudgeCall::promptTokens).sum(),
            calls.stream().mapToLong(JudgeCall::completionTokens).sum(),
            cost(calls)));
  }

  private static @Nullable BigDecimal cost(List<JudgeCall> calls) {
    if (calls.stream().anyMatch(call -> call.costUsd() == null)) {
      return null;
    }
    return calls.stream()
        .map(call -> Objects.requireNonNull(call.costUsd()))
        .reduce(BigDecimal.ZERO, BigDecimal::add);
  }
}
