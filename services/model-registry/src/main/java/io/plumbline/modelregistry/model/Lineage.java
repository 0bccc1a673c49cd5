package io.plumbline.modelregistry.model;

import io.plumbline.contracts.Digest;
import io.plumbline.contracts.Money;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Where a version comes from: everything needed to make it again, and to name what it was made of.
 *
 * @param encoder that the head sits on, and {@code maxTokens} it reads of a text
 * @param metrics on the validation part, of the checkpoint that became the artifact
 */
public record Lineage(
    UUID jobId,
    String application,
    String baseModel,
    Digest baseDigest,
    String baseLicence,
    String method,
    Digest datasetDigest,
    Digest splitDigest,
    Digest artifactDigest,
    @Nullable Digest checkpointDigest,
    String encoder,
    Digest encoderDigest,
    int maxTokens,
    Map<String, String> hyperparameters,
    Map<String, Double> metrics,
    List<String> labels,
    Money cost,
    double computeSeconds) {}
