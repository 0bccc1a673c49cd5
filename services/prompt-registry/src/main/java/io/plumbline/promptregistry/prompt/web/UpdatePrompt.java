package io.plumbline.promptregistry.prompt.web;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.List;

/** A new description and new tags for a prompt. */
record UpdatePrompt(
    @NotNull @Size(max = 2_000) String description,
    @NotNull @Size(max = 20)
        List<@NotNull @Pattern(regexp = TAG, message = TAG_FORM) String> tags) {

  static final String TAG = "[\\p{L}\\p{N}][\\p{L}\\p{N} ._-]{0,49}";
  static final String TAG_FORM =
      "must be 1 to 50 letters, digits, spaces, dots, underscores and hyphens";
}
