package io.plumbline.evaluation.output;

import org.jspecify.annotations.Nullable;

/**
 * The result of one question with what it was read from.
 *
 * @param output absent when there was no answer, and where it is kept already: that of an earlier
 *     run
 */
public record Answer(RunItem item, @Nullable Output output) {}
