package io.plumbline.strategy.economics;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A cost model that was computed and stored.
 *
 * @param basis the source of the volume
 */
public record CostModelView(
    UUID costModelId,
    @Nullable String application,
    String basis,
    @JsonUnwrapped CostModel model,
    String author,
    Instant createdAt) {}
