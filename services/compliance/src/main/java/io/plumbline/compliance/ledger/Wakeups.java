package io.plumbline.compliance.ledger;

/** The two loops that others wake: messages arrived, entries were appended. */
public record Wakeups(Wakeup sequencer, Wakeup projector) {}
