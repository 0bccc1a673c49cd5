package io.plumbline.strategy.plan;

import io.plumbline.contracts.Phase;
import io.plumbline.contracts.PhaseState;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Where a phase stands.
 *
 * @param missingEvidence what has to be there before the phase opens; empty unless LOCKED
 * @param reason the same for people, in one sentence
 */
public record PhaseStatus(
    Phase phase,
    PhaseState state,
    List<String> missingEvidence,
    List<UUID> verdictIds,
    @Nullable UUID waiverId,
    String reason) {}
