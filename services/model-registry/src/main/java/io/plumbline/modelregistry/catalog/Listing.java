package io.plumbline.modelregistry.catalog;

import io.plumbline.contracts.Digest;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * A model as the catalogue lists it.
 *
 * @param modelDigest of weights and recipe where they are available, otherwise of the provider's
 *     name for the model
 * @param contextWindow the number of input tokens that the model reads
 */
public record Listing(
    BaseModelName name,
    Digest modelDigest,
    ModelKind kind,
    String description,
    int contextWindow,
    Prices prices,
    String licence,
    boolean tunable,
    @Nullable LocalDate deprecatedOn) {}
