package io.plumbline.compliance.ledger.entry;

import org.jspecify.annotations.Nullable;

/** One header of a message, its value untouched. */
public record EntryHeader(String name, byte @Nullable [] value) {}
