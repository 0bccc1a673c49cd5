package io.plumbline.promptregistry.inclusion;

import io.plumbline.contracts.Digest;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a version includes, and where the labels of the included prompt point by now.
 *
 * @param name in the messages
 * @param label that its author named instead of the version
 * @param labels the version that each label points to now, {@code latest} among them
 */
public record IncludedVersion(
    String name,
    String prompt,
    int version,
    Digest digest,
    @Nullable String label,
    Map<String, Integer> labels) {}
