package io.plumbline.promptregistry.inclusion;

import io.plumbline.contracts.Digest;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A version that another version includes, and the versions that the labels of its prompt point to
 * now.
 *
 * @param name the name by which the messages include it
 * @param label the label that the author named instead of the version
 * @param labels the version that each label points to now, {@code latest} among them
 */
public record IncludedVersion(
    String name,
    String prompt,
    int version,
    Digest digest,
    @Nullable String label,
    Map<String, Integer> labels) {}
