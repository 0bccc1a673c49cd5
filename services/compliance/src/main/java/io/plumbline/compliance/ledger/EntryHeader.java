package io.plumbline.compliance.ledger;

import org.jspecify.annotations.Nullable;

/** One header of a message, its value untouched. */
public final class EntryHeader {

  private final String name;
  private final byte @Nullable [] value;

  public EntryHeader(String name, byte @Nullable [] value) {
    this.name = name;
    this.value = value;
  }

  public String name() {
    return name;
  }

  byte @Nullable [] value() {
    return value;
  }
}
