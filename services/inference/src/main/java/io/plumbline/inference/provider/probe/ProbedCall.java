package io.plumbline.inference.provider.probe;

import io.plumbline.contracts.Money;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A short call of a model, which is metered as any call of it.
 *
 * @param model its name at the provider
 * @param requestId by which its trace is found, a moment later
 * @param cost absent when no price is known for the model
 */
record ProbedCall(
    String model,
    boolean answered,
    UUID requestId,
    long inputTokens,
    long outputTokens,
    @Nullable Money cost) {}
