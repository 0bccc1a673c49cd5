package io.plumbline.promptregistry.inclusion;

import io.plumbline.contracts.Digest;
import java.util.List;

/**
 * A version that includes a prompt.
 *
 * @param includes the version of the prompt that it includes
 * @param direct whether its own messages include it, and not only its partials
 * @param labels the labels that point to it now, {@code latest} among them
 */
public record IncludingVersion(
    String prompt, int version, Digest digest, int includes, boolean direct, List<String> labels) {}
