package io.plumbline.inference.provider.probe;

import io.plumbline.contracts.Money;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A short call of a model, which is metered like any other call.
 *
 * @param model the name of the model at the provider
 * @param requestId the id by which its trace is found a moment later
 * @param cost the cost; absent when no price is known for the model
 */
record ProbedCall(
    String model,
    boolean answered,
    UUID requestId,
    long inputTokens,
    long outputTokens,
    @Nullable Money cost) {}
