package io.plumbline.strategy.application;

import io.plumbline.contracts.Criticality;
import io.plumbline.contracts.TaskType;

/** What is said when an application comes under governance. */
public record Registration(
    String name,
    String purpose,
    String owner,
    Criticality criticality,
    TaskType task,
    long monthlyVolume) {

  /** Lower-case letters, digits and hyphens, beginning with a letter. */
  public static final String NAME = "[a-z][a-z0-9-]{0,62}";
}
