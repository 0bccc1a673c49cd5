package io.plumbline.evaluation.output;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import org.jspecify.annotations.Nullable;

/**
 * An item of a run in a list of the API, with excerpts of its contents for callers who may read
 * them.
 *
 * @param question the beginning of the question, for a conversation of the user's last message,
 *     with sensitive values masked; absent for callers who may not list the rows of a dataset
 * @param expected the beginning of the expected answer, masked too: the label, else what the answer
 *     is compared with; absent where nothing is expected, and for callers who may not read an
 *     output
 * @param answer the beginning of the answer, masked too, or the calls of tools where there is no
 *     text; absent without an answer, and for callers who may not read an output
 */
public record ListedRunItem(
    @JsonUnwrapped RunItem item,
    @Nullable String question,
    @Nullable String expected,
    @Nullable String answer) {}
