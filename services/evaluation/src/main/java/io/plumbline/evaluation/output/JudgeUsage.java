package io.plumbline.evaluation.output;

import java.math.BigDecimal;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the judges of a run took, apart from what the judged variant did.
 *
 * @param replies received from judges
 * @param costUsd of them; absent when the price of one is unknown
 */
public record JudgeUsage(
    int replies, long promptTokens, long completionTokens, @Nullable BigDecimal costUsd) {

  /** Of a run's own calls; empty when it asked no judge. */
  public static Optional<JudgeUsage> of(List<RunItem> items) {
    List<JudgeCall> calls =
        items.stream()
            .flatMap(item -> item.judged().values().stream())
            .filter(call -> !call.earlier())
            .toList();
    if (calls.isEmpty()) {
      return Optional.empty();
    }
    boolean priced = calls.stream().allMatch(call -> call.costUsd() != null);
    return Optional.of(
        new JudgeUsage(
            calls.stream().mapToInt(JudgeCall::replies).sum(),
            calls.stream().mapToLong(JudgeCall::promptTokens).sum(),
            calls.stream().mapToLong(JudgeCall::completionTokens).sum(),
            priced
                ? calls.stream()
                    .map(call -> Objects.requireNonNull(call.costUsd()))
                    .reduce(BigDecimal.ZERO, BigDecimal::add)
                : null));
  }
}
