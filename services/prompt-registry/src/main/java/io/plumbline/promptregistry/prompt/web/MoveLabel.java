package io.plumbline.promptregistry.prompt.web;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Positive;

/** The version that a label is to point to. */
record MoveLabel(@NotNull @Positive Integer version) {}
