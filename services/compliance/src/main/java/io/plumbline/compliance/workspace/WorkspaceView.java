package io.plumbline.compliance.workspace;

import io.plumbline.contracts.ComplianceEvent.RoleRate;
import io.plumbline.contracts.ComplianceEvent.WorkspaceConfiguration;
import io.plumbline.contracts.ComplianceEvent.WorkspaceQuota;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A workspace.
 *
 * @param operator whether its administrators administer the other workspaces too
 * @param regions ISO 3166 codes of the countries whose people the data are about
 * @param currency ISO 4217 code
 * @param retentionDays the days for which contents are kept; absent if the installation decides
 * @param archiveReason absent while the workspace is active
 */
record WorkspaceView(
    UUID workspaceId,
    String name,
    WorkspaceState state,
    boolean operator,
    List<String> regions,
    String currency,
    List<RoleRate> roleRates,
    List<WorkspaceQuota> quotas,
    @Nullable Integer retentionDays,
    long version,
    String createdBy,
    Instant createdAt,
    String changedBy,
    Instant changedAt,
    @Nullable String archiveReason) {

  static WorkspaceView from(Workspace workspace) {
    WorkspaceConfiguration configuration = workspace.configuration();
    return new WorkspaceView(
        workspace.workspaceId(),
        configuration.name(),
        workspace.state(),
        workspace.operator(),
        configuration.regions(),
        configuration.currency(),
        configuration.roleRates(),
        configuration.quotas(),
        configuration.retentionDays(),
        workspace.version(),
        workspace.createdBy(),
        workspace.createdAt(),
        workspace.changedBy(),
        workspace.changedAt(),
        workspace.archiveReason());
  }
}
