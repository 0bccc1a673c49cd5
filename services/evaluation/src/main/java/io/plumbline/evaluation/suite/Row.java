package io.plumbline.evaluation.suite;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import org.jspecify.annotations.Nullable;

/** One line of a split's part. */
@JsonIgnoreProperties(ignoreUnknown = true) // a part may carry more columns than evaluation needs
public record Row(String id, String text, @Nullable String label) {}
