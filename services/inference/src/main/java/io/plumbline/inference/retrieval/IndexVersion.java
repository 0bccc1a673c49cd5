package io.plumbline.inference.retrieval;

import io.plumbline.contracts.Digest;
import io.plumbline.localmodels.EncoderModel;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An index over one part of a split, built once.
 *
 * @param digest of the blob that holds it; absent while it is built
 * @param failure why it will never be built
 */
record IndexVersion(
    UUID id,
    String name,
    Digest split,
    String part,
    EncoderModel encoder,
    int maxTokens,
    UUID job,
    @Nullable Digest digest,
    @Nullable Long passages,
    @Nullable String failure,
    String createdBy,
    Instant createdAt) {}
