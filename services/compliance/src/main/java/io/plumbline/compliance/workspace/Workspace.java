package io.plumbline.compliance.workspace;

import io.plumbline.contracts.ComplianceEvent.WorkspaceConfiguration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A workspace: the rows, the people and the rules of one tenant.
 *
 * @param operator whether its administrators administer the other workspaces too
 * @param version the number of changes, counted from 1; 0 until its creation is published
 * @param archiveReason absent while the workspace is active
 */
record Workspace(
    UUID workspaceId,
    boolean operator,
    WorkspaceState state,
    WorkspaceConfiguration configuration,
    long version,
    String createdBy,
    Instant createdAt,
    String changedBy,
    Instant changedAt,
    @Nullable String archiveReason) {}
