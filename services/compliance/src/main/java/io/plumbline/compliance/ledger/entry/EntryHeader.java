package io.plumbline.compliance.ledger.entry;

import org.jspecify.annotations.Nullable;

/** A header of a message with its value as it was received. */
public record EntryHeader(String name, byte @Nullable [] value) {}
