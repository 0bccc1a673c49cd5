package io.plumbline.strategy.plan;

import io.plumbline.contracts.Phase;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;

/** A request to open a phase without the evidence it needs. */
record RequestWaiver(@NotNull Phase phase, @NotBlank @Size(min = 10, max = 2_000) String reason) {}
