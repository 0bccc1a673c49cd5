package io.plumbline.contracts;

/** How much depends on an application. */
public enum Criticality {
  LOW,
  MEDIUM,
  HIGH
}
