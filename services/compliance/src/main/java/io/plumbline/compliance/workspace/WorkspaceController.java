package io.plumbline.compliance.workspace;

import io.plumbline.contracts.ComplianceEvent.RoleRate;
import io.plumbline.contracts.ComplianceEvent.WorkspaceConfiguration;
import io.plumbline.contracts.ComplianceEvent.WorkspaceQuota;
import io.plumbline.contracts.Money;
import io.plumbline.platform.web.EntityTags;
import io.plumbline.platform.web.Idempotent;
import io.plumbline.platform.web.IfMatch;
import io.plumbline.platform.web.Page;
import io.plumbline.platform.web.PageRequest;
import io.swagger.v3.oas.annotations.Operation;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.math.BigDecimal;
import java.net.URI;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** The API of the workspaces. */
@RestController
@RequestMapping("/api/workspaces")
class WorkspaceController {

  private static final String NAME = "[a-z][a-z0-9-]{0,59}";
  private static final String NAME_RULE = "must be kebab-case, at most 60 characters";

  private static final String CURRENCY_RULE = "must be an ISO 4217 currency code such as EUR";

  /**
   * The cost of an hour of work in a role.
   *
   * @param perHour a decimal number in the currency of the workspace
   */
  record SetRoleRate(
      @NotBlank String role,
      @NotNull
          @Pattern(regexp = "\\d{1,12}(\\.\\d{1,6})?", message = "must be a number such as 95.00")
          String perHour) {}

  /** The largest number of things of one kind. */
  record SetQuota(@NotBlank String kind, @NotNull @Min(1) Long limit) {}

  /**
   * A new workspace.
   *
   * @param workspaceId the id that the accounts of its people carry; a new one if absent
   * @param currency USD if absent
   * @param retentionDays the days for which contents are kept; the installation decides if absent
   */
  record CreateWorkspace(
      @Nullable UUID workspaceId,
      @NotNull @Pattern(regexp = NAME, message = NAME_RULE) String name,
      @Nullable @Size(max = 30) List<@NotNull String> regions,
      @Nullable @Pattern(regexp = "[A-Z]{3}", message = CURRENCY_RULE) String currency,
      @Nullable @Size(max = 20) List<@NotNull @Valid SetRoleRate> roleRates,
      @Nullable @Size(max = 20) List<@NotNull @Valid SetQuota> quotas,
      @Nullable @Min(1) @Max(3_650) Integer retentionDays) {}

  /**
   * The whole configuration of a workspace; what is absent is emptied, and the currency is USD.
   *
   * @param retentionDays the days for which contents are kept; the installation decides if absent
   */
  record ConfigureWorkspace(
      @NotNull @Pattern(regexp = NAME, message = NAME_RULE) String name,
      @Nullable @Size(max = 30) List<@NotNull String> regions,
      @Nullable @Pattern(regexp = "[A-Z]{3}", message = CURRENCY_RULE) String currency,
      @Nullable @Size(max = 20) List<@NotNull @Valid SetRoleRate> roleRates,
      @Nullable @Size(max = 20) List<@NotNull @Valid SetQuota> quotas,
      @Nullable @Min(1) @Max(3_650) Integer retentionDays) {

    WorkspaceConfiguration configuration() {
      String money = currency == null ? "USD" : currency;
      return new WorkspaceConfiguration(
          name,
          regions == null ? List.of() : regions,
          money,
          roleRates == null
              ? List.of()
              : roleRates.stream()
                  .map(rate ->
                      new RoleRate(rate.role(), new Money(new BigDecimal(rate.perHour()), money)))
                  .toList(),
          quotas == null
              ? List.of()
              : quotas.stream()
                  .map(quota -> new WorkspaceQuota(quota.kind(), quota.limit()))
                  .toList(),
          retentionDays);
    }
  }

  /** The end of a workspace. */
  record ArchiveWorkspace(
      @NotBlank @Size(max = 2_000, message = "must have at most 2000 characters") String reason) {}

  private final WorkspaceAdministration workspaces;
  private final UnheldRoles unheld;

  WorkspaceController(WorkspaceAdministration workspaces, UnheldRoles unheld) {
    this.workspaces = workspaces;
    this.unheld = unheld;
  }

  @Operation(summary = "List the workspaces that you administer, by name")
  @GetMapping
  @PreAuthorize("hasRole('ADMIN')")
  public Page<WorkspaceView> listWorkspaces(PageRequest page) {
    return workspaces.list(page).map(WorkspaceView::from);
  }

  @Operation(summary = "Get your workspace or, as the operator's administrator, any")
  @GetMapping("/{workspaceId}")
  @PreAuthorize("hasRole('VIEWER')")
  public ResponseEntity<WorkspaceView> getWorkspace(@PathVariable UUID workspaceId) {
    return withEtag(workspaces.get(workspaceId));
  }

  @Operation(summary = "List the roles that the work of a workspace needs and nobody in it has")
  @GetMapping("/{workspaceId}/unheld-roles")
  @PreAuthorize("hasRole('VIEWER')")
  public UnheldRolesView getUnheldRoles(@PathVariable UUID workspaceId) {
    return unheld.of(workspaces.get(workspaceId).workspaceId());
  }

  @Operation(summary = "Create a workspace, with the policies and risks that each starts with")
  @PostMapping
  @PreAuthorize("hasRole('ADMIN')")
  @Idempotent
  @ResponseStatus(HttpStatus.CREATED)
  public ResponseEntity<WorkspaceView> createWorkspace(@Valid @RequestBody CreateWorkspace body) {
    ConfigureWorkspace fields =
        new ConfigureWorkspace(
            body.name(),
            body.regions(),
            body.currency(),
            body.roleRates(),
            body.quotas(),
            body.retentionDays());
    Workspace created = workspaces.create(body.workspaceId(), fields.configuration());
    return ResponseEntity.created(URI.create("/api/workspaces/" + created.workspaceId()))
        .eTag(EntityTags.etag(created.version()))
        .body(WorkspaceView.from(created));
  }

  @Operation(summary = "Replace the configuration of a workspace")
  @PutMapping("/{workspaceId}")
  @PreAuthorize("hasRole('ADMIN')")
  @ResponseStatus(HttpStatus.OK)
  public ResponseEntity<WorkspaceView> configureWorkspace(
      @PathVariable UUID workspaceId,
      @Valid @RequestBody ConfigureWorkspace body,
      IfMatch ifMatch) {
    return withEtag(workspaces.configure(workspaceId, body.configuration(), ifMatch));
  }

  @Operation(summary = "Archive a workspace, which stays readable and never changes again")
  @PostMapping("/{workspaceId}/archive")
  @PreAuthorize("hasRole('ADMIN')")
  @Idempotent
  @ResponseStatus(HttpStatus.OK)
  public ResponseEntity<WorkspaceView> archiveWorkspace(
      @PathVariable UUID workspaceId, @Valid @RequestBody ArchiveWorkspace body) {
    return withEtag(workspaces.archive(workspaceId, body.reason()));
  }

  private static ResponseEntity<WorkspaceView> withEtag(Workspace workspace) {
    return ResponseEntity.ok()
        .eTag(EntityTags.etag(workspace.version()))
        .body(WorkspaceView.from(workspace));
  }
}
