package io.plumbline.prompttemplate.content;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;

/**
 * A few-shot example.
 *
 * @param input the value of the prompt's single required variable; the whole user message when the
 *     prompt requires several
 * @param output what the assistant should have answered
 */
public record Example(
    @NotBlank @Size(max = PromptContent.MAX_MESSAGE) String input,
    @NotBlank @Size(max = PromptContent.MAX_MESSAGE) String output) {}
