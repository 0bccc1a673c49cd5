package io.plumbline.strategy.projection;

import io.plumbline.contracts.Digest;
import io.plumbline.contracts.Phase;
import io.plumbline.contracts.VerdictKind;
import io.plumbline.contracts.state.Outcome;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A verdict as evaluation issued it. */
public record Verdict(
    UUID verdictId,
    VerdictKind kind,
    @Nullable Phase phase,
    Digest subjectDigest,
    @Nullable Digest criteriaDigest,
    @Nullable UUID runId,
    Outcome outcome,
    List<String> reasons,
    Instant issuedAt) {}
