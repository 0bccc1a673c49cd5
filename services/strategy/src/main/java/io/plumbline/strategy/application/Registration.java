package io.plumbline.strategy.application;

import io.plumbline.contracts.Criticality;
import io.plumbline.contracts.TaskType;

/** The details of a new application. */
public record Registration(
    String name,
    String purpose,
    String owner,
    Criticality criticality,
    TaskType task,
    long monthlyVolume) {

  /** The pattern of names: lower-case letters, digits and hyphens, beginning with a letter. */
  public static final String NAME = "[a-z][a-z0-9-]{0,62}";
}
