package io.plumbline.evaluation.suite;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import org.jspecify.annotations.Nullable;

/** One line of a split's subset. */
@JsonIgnoreProperties(ignoreUnknown = true) // a subset may have more columns than evaluation needs
public record Row(String id, String text, @Nullable String label) {}
