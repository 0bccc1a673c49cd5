package io.plumbline.contracts;

/** The criticality of an application: how severe the consequences are when it fails. */
public enum Criticality {
  LOW,
  MEDIUM,
  HIGH
}
