package io.plumbline.inference.projection;

import io.plumbline.contracts.Digest;
import io.plumbline.contracts.VerdictKind;
import io.plumbline.contracts.state.Outcome;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A verdict as evaluation issued it. */
public record Verdict(
    UUID id,
    VerdictKind kind,
    String application,
    Digest subject,
    @Nullable Digest criteria,
    Outcome outcome,
    List<String> reasons) {}
