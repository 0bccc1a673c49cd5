package io.plumbline.evaluation.suite;

import io.plumbline.contracts.Digest;
import io.plumbline.evaluation.metric.Perturbation;
import org.jspecify.annotations.Nullable;

/**
 * One question of a suite.
 *
 * @param label the label; absent where items are not labelled
 * @param content the digest of the unperturbed input, as {@link ItemContents#contentDigest}
 *     computes it; items with equal digests are the same
 */
public record SuiteItem(
    int ordinal,
    String itemId,
    Perturbation perturbation,
    @Nullable String label,
    Digest content) {}
