package io.plumbline.evaluation.output;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import org.jspecify.annotations.Nullable;

/**
 * An item of a run as lists show it, on the wire: with excerpts of its contents for callers who may
 * read them.
 *
 * @param question the beginning of what was asked, with sensitive values masked: of a conversation
 *     the last message of the user. Absent for callers who may not list the rows of a dataset
 * @param answer the beginning of what was answered, masked too, or the calls of tools where there
 *     is no text. Absent without an answer, and for callers who may not read an output
 */
public record ListedRunItem(
    @JsonUnwrapped RunItem item, @Nullable String question, @Nullable String answer) {}
