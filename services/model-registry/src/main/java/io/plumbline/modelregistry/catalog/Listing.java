package io.plumbline.modelregistry.catalog;

import io.plumbline.contracts.Digest;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * A model as the catalogue lists it.
 *
 * @param modelDigest the digest of weights and recipe when they are available, otherwise of the
 *     provider's name for the model
 * @param contextWindow the most tokens that a call may take, those of its answer included
 * @param prices the prices in force; absent until a second person has approved the first ones
 * @param tuned whether its provider tuned the model, so that its variants count as fine-tuning
 */
public record Listing(
    BaseModelName name,
    Digest modelDigest,
    ModelKind kind,
    String description,
    int contextWindow,
    @Nullable Prices prices,
    String licence,
    boolean tunable,
    boolean tuned,
    @Nullable LocalDate deprecatedOn) {}
