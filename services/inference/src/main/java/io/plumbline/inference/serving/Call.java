package io.plumbline.inference.serving;

import io.plumbline.contracts.Money;
import io.plumbline.platform.identity.Caller;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/**
 * One call that found its target.
 *
 * @param request what the model gets
 * @param ignored fields that had no effect
 * @param begun {@link System#nanoTime()} when it came
 */
record Call(
    String responseId,
    Caller caller,
    ChatRequest chat,
    Target target,
    ObjectNode request,
    List<String> ignored,
    long begun) {

  /** What became of it. */
  record Result(boolean failed, String cache, long inputTokens, long outputTokens, Money cost) {}

  double millisSince(long modelNanos) {
    return Math.max(0, System.nanoTime() - begun - modelNanos) / 1e6;
  }
}
