package io.plumbline.promptregistry.prompt.web;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Positive;

/** The version that a label shall point to. */
record PromoteVersion(@NotNull @Positive Integer version) {}
