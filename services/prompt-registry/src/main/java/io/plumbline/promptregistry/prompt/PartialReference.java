package io.plumbline.promptregistry.prompt;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Positive;
import org.jspecify.annotations.Nullable;

/**
 * A reference of a draft to a partial: a version of a prompt, or the version that a label points to
 * when the draft is published.
 *
 * @param version absent with a label
 * @param label absent with a version
 */
public record PartialReference(
    @NotNull @Pattern(regexp = PromptName.FORM, message = "must be the name of a prompt")
        String prompt,
    @Nullable @Positive Integer version,
    @Nullable @Pattern(regexp = Label.FORM, message = "must be the name of a label")
        String label) {}
