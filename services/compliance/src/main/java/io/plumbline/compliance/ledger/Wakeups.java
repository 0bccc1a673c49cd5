package io.plumbline.compliance.ledger;

import io.plumbline.platform.lifecycle.Wakeup;

/** The two loops that others wake: messages arrived, entries were appended. */
public record Wakeups(Wakeup sequencer, Wakeup projector) {}
