package io.plumbline.modelregistry.catalog;

import io.plumbline.contracts.Digest;
import java.math.BigDecimal;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * What the catalogue says of a model.
 *
 * @param modelDigest of weights and recipe where we hold them, else of the provider's name for the
 *     model
 * @param contextWindow tokens of input that are read
 * @param inputPerMillion US dollars per million tokens, {@code outputPerMillion} likewise
 */
public record Listing(
    BaseModelName name,
    Digest modelDigest,
    ModelKind kind,
    String description,
    int contextWindow,
    BigDecimal inputPerMillion,
    BigDecimal outputPerMillion,
    String licence,
    boolean tunable,
    @Nullable LocalDate deprecatedOn) {}
