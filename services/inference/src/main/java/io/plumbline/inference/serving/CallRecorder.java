package io.plumbline.inference.serving;

import io.plumbline.contracts.Money;
import io.plumbline.inference.projection.ModelProjection;
import io.plumbline.inference.release.Arm;
import io.plumbline.inference.release.Arms;
import io.plumbline.inference.release.Responses;
import io.plumbline.inference.serving.Call.CacheUse;
import io.plumbline.inference.usage.Usage;
import io.plumbline.inference.usage.UsageMeter;
import java.util.UUID;
import org.springframework.stereotype.Component;

/**
 * Records each call once: usage and cost, the figures of its arm, and the origin of its response.
 */
@Component
class CallRecorder {

  private final ModelProjection models;
  private final UsageMeter usage;
  private final Arms arms;
  private final Responses responses;

  CallRecorder(ModelProjection models, UsageMeter usage, Arms arms, Responses responses) {
    this.models = models;
    this.usage = usage;
    this.arms = arms;
    this.responses = responses;
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
            target.name(),
            result.failed(),
            result.cache() == CacheUse.HIT,
            result.inputTokens(),
            result.outputTokens(),
            result.cost()));
    if (!result.failed()) {
      responses.remember(
          call.responseId(), new Responses.Origin(workspace, arm, target.variantDigest()));
    }
  }

  /** A call that failed before it had an answer. */
  void recordFailure(Call call) {
    record(call, new Call.Result(true, CacheUse.BYPASS, 0, 0, cost(call, 0, 0)));
  }

  Money cost(Call call, long inputTokens, long outputTokens) {
    return models
        .price(call.caller().workspace(), call.target().name())
        .of(inputTokens, outputTokens);
  }
}
