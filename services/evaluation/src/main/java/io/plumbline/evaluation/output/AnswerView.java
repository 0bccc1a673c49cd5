package io.plumbline.evaluation.output;

import io.plumbline.items.Expected;
import io.plumbline.items.Input;
import org.jspecify.annotations.Nullable;

/**
 * An item of a run with its whole output, on the wire.
 *
 * @param input as it was sent, perturbed where the item is
 * @param output absent when there was no answer; {@code error} of the item says why
 */
public record AnswerView(
    RunItem item, Input input, Expected expected, @Nullable OutputView output) {}
