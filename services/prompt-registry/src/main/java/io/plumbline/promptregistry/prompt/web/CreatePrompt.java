package io.plumbline.promptregistry.prompt.web;

import io.plumbline.promptregistry.prompt.PromptName;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A new prompt; its versions are published separately. */
record CreatePrompt(
    @NotNull
        @Pattern(
            regexp = PromptName.FORM,
            message =
                "must be 1 to 63 lower-case letters, digits and hyphens, beginning with a letter,"
                    + " such as support-triage")
        String name,
    @Nullable @Size(max = 2_000) String description,
    @Nullable @Size(max = 20)
        List<@NotNull @Pattern(regexp = UpdatePrompt.TAG, message = UpdatePrompt.TAG_FORM) String>
            tags) {}
