package io.plumbline.inference.serving;

import io.plumbline.contracts.Money;
import io.plumbline.inference.projection.ModelProjection;
import io.plumbline.inference.release.Arm;
import io.plumbline.inference.release.Arms;
import io.plumbline.inference.serving.Call.CacheUse;
import io.plumbline.inference.usage.Usage;
import io.plumbline.inference.usage.UsageMeter;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Records each call once: usage and cost, and the figures of its arm. */
@Component
class CallRecorder {

  private final ModelProjection models;
  private final UsageMeter usage;
  private final Arms arms;
  private final MeteredNames names;

  CallRecorder(ModelProjection models, UsageMeter usage, Arms arms, MeteredNames names) {
    this.models = models;
    this.usage = usage;
    this.arms = arms;
    this.names = names;
  }

  void record(Call call, Call.Result result) {
    UUID workspace = call.caller().workspace();
    Target target = call.target();
    Arm arm = target.arm();
    if (arm != null) {
      arms.answered(workspace, arm, result.failed(), call.millisWithout(0));
    }
    usage.count(
        new Usage(
            workspace,
            target.application(),
            target.variantDigest(),
            names.of(workspace, target),
            result.failed(),
            result.cache() == CacheUse.HIT,
            result.inputTokens(),
            result.outputTokens(),
            Objects.requireNonNullElse(result.cost(), Usage.NO_COST)));
  }

  /** A call that failed before it had an answer. */
  void recordFailure(Call call) {
    record(call, new Call.Result(true, CacheUse.BYPASS, 0, 0, cost(call, 0, 0)));
  }

  /** A call whose arm was chosen, but that failed before it was known what answers there. */
  void recordUnresolved(UUID workspace, Arm arm, long started) {
    arms.answered(workspace, arm, true, (System.nanoTime() - started) / 1e6);
  }

  /** Absent when no price is known for the model. */
  @Nullable Money cost(Call call, long inputTokens, long outputTokens) {
    return models
        .price(call.caller().workspace(), call.target().name())
        .map(price -> price.of(inputTokens, outputTokens))
        .orElse(null);
  }
}
