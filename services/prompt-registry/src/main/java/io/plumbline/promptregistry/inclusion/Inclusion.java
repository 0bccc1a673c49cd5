package io.plumbline.promptregistry.inclusion;

import io.plumbline.contracts.Digest;
import org.jspecify.annotations.Nullable;

/**
 * A partial of a version, which publication resolved to a version that never changes.
 *
 * @param name in the messages
 * @param prompt that it stands for
 * @param label that its author named instead of the version; it may point elsewhere by now
 */
public record Inclusion(
    String name, String prompt, int version, Digest digest, @Nullable String label) {}
