package io.plumbline.promptregistry.inclusion;

import io.plumbline.contracts.Digest;
import org.jspecify.annotations.Nullable;

/**
 * A partial of a version, which publication resolved to a version that never changes.
 *
 * @param name the name by which the messages include it
 * @param prompt the prompt that it stands for
 * @param label the label that the author named instead of the version; it may point elsewhere now
 */
public record Inclusion(
    String name, String prompt, int version, Digest digest, @Nullable String label) {}
