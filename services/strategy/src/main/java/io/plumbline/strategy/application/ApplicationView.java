package io.plumbline.strategy.application;

import io.plumbline.contracts.Criticality;
import io.plumbline.contracts.TaskType;
import java.time.Instant;
import java.util.UUID;

/** An application as the API shows it. */
public record ApplicationView(
    UUID applicationId,
    String name,
    String purpose,
    String owner,
    Criticality criticality,
    TaskType task,
    long monthlyVolume,
    String registeredBy,
    Instant createdAt) {}
