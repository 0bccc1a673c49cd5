package io.plumbline.evaluation.output;

import org.jspecify.annotations.Nullable;

/**
 * An item of a run with its whole output, on the wire.
 *
 * @param output absent when there was no answer; {@code error} of the item says why
 */
public record AnswerView(RunItem item, @Nullable OutputView output) {}
