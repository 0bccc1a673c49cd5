package io.plumbline.strategy.application;

import io.plumbline.contracts.Criticality;
import io.plumbline.contracts.TaskType;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.PositiveOrZero;
import jakarta.validation.constraints.Size;

/**
 * The request to register an LLM feature; {@code monthlyVolume} is an estimate until usage is
 * measured.
 */
record RegisterApplication(
    @NotNull
        @Pattern(
            regexp = Registration.NAME,
            message =
                "must be 1 to 63 lower-case letters, digits and hyphens, beginning with a letter;"
                    + " for instance mail-triage")
        String name,
    @NotBlank @Size(max = 2_000) String purpose,
    @NotBlank @Size(max = 200) String owner,
    @NotNull Criticality criticality,
    @NotNull TaskType task,
    @NotNull @PositiveOrZero @Max(1_000_000_000_000L) Long monthlyVolume) {

  Registration registration() {
    return new Registration(name, purpose, owner, criticality, task, monthlyVolume);
  }
}
