package io.plumbline.compliance.workspace;

import io.plumbline.contracts.ComplianceEvent.RoleRate;
import io.plumbline.contracts.ComplianceEvent.WorkspaceConfiguration;
import io.plumbline.contracts.ComplianceEvent.WorkspaceQuota;
import io.plumbline.platform.data.Columns;
import io.plumbline.platform.web.Page;
import io.plumbline.platform.web.PageRequest;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** The table of the workspaces. */
@Repository
@Transactional(propagation = Propagation.MANDATORY)
class WorkspaceStore {

  private final JdbcClient sql;
  private final JsonMapper json;

  WorkspaceStore(JdbcClient sql, JsonMapper json) {
    this.sql = sql;
    this.json = json;
  }

  /** Returns whether the installation has no workspace yet. */
  public boolean isEmpty() {
    return !sql.sql("SELECT EXISTS (SELECT FROM workspace)").query(Boolean.class).single();
  }

  /** Returns all workspaces, by id. */
  public List<Workspace> all() {
    return sql.sql("SELECT * FROM workspace ORDER BY id").query(this::read).list();
  }

  /** Returns a page of all workspaces, by name. */
  public Page<Workspace> page(PageRequest page) {
    List<Workspace> rows =
        sql.sql("SELECT * FROM workspace WHERE name > ? ORDER BY name LIMIT ?")
            .params(page.afterName(), page.fetchSize())
            .query(this::read)
            .list();
    return Page.of(
        rows, page, last -> List.of(last.configuration().name()), Page.countRows(sql, "workspace"));
  }

  public Optional<Workspace> find(UUID workspaceId) {
    return sql.sql("SELECT * FROM workspace WHERE id = ?")
        .param(workspaceId)
        .query(this::read)
        .optional();
  }

  /** Finds a workspace and keeps others from changing it until the transaction ends. */
  public Optional<Workspace> lock(UUID workspaceId) {
    return sql.sql("SELECT * FROM workspace WHERE id = ? FOR UPDATE")
        .param(workspaceId)
        .query(this::read)
        .optional();
  }

  /**
   * Adds a workspace.
   *
   * @return whether it was added; false if its id or its name is taken
   */
  public boolean insert(Workspace workspace) {
    WorkspaceConfiguration configuration = workspace.configuration();
    return sql.sql(
                """
                INSERT INTO workspace (id, operator, name, regions, currency, role_rates, quotas, retention_days,
                  state, version, created_by, created_at, changed_by, changed_at)
                VALUES (?, ?, ?, ?::jsonb, ?, ?::jsonb, ?::jsonb, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING
                """)
            .param(workspace.workspaceId())
            .param(workspace.operator())
            .param(configuration.name())
            .param(json.writeValueAsString(configuration.regions()))
            .param(configuration.currency())
            .param(json.writeValueAsString(configuration.roleRates()))
            .param(json.writeValueAsString(configuration.quotas()))
            .param(configuration.retentionDays())
            .param(workspace.state().name())
            .param(workspace.version())
            .param(workspace.createdBy())
            .param(workspace.createdAt().atOffset(ZoneOffset.UTC))
            .param(workspace.changedBy())
            .param(workspace.changedAt().atOffset(ZoneOffset.UTC))
            .update()
        == 1;
  }

  /** Returns whether a workspace other than this one has the name. */
  public boolean isNameTaken(String name, UUID workspaceId) {
    return sql.sql("SELECT EXISTS (SELECT FROM workspace WHERE name = ? AND id <> ?)")
        .params(name, workspaceId)
        .query(Boolean.class)
        .single();
  }

  /** Stores a changed workspace, whose version is one above the stored one. */
  public void update(Workspace workspace) {
    WorkspaceConfiguration configuration = workspace.configuration();
    sql.sql(
            """
            UPDATE workspace SET name = ?, regions = ?::jsonb, currency = ?, role_rates = ?::jsonb, quotas = ?::jsonb,
              retention_days = ?, state = ?, archive_reason = ?, version = ?, changed_by = ?, changed_at = ?
            WHERE id = ?
            """)
        .param(configuration.name())
        .param(json.writeValueAsString(configuration.regions()))
        .param(configuration.currency())
        .param(json.writeValueAsString(configuration.roleRates()))
        .param(json.writeValueAsString(configuration.quotas()))
        .param(configuration.retentionDays())
        .param(workspace.state().name())
        .param(workspace.archiveReason())
        .param(workspace.version())
        .param(workspace.changedBy())
        .param(workspace.changedAt().atOffset(ZoneOffset.UTC))
        .param(workspace.workspaceId())
        .update();
  }

  private Workspace read(ResultSet row, int number) throws SQLException {
    return new Workspace(
        row.getObject("id", UUID.class),
        row.getBoolean("operator"),
        WorkspaceState.valueOf(row.getString("state")),
        new WorkspaceConfiguration(
            row.getString("name"),
            json.readValue(row.getString("regions"), new TypeReference<List<String>>() {}),
            row.getString("currency"),
            json.readValue(row.getString("role_rates"), new TypeReference<List<RoleRate>>() {}),
            json.readValue(row.getString("quotas"), new TypeReference<List<WorkspaceQuota>>() {}),
            row.getObject("retention_days", Integer.class)),
        row.getLong("version"),
        row.getString("created_by"),
        Columns.instant(row, "created_at"),
        row.getString("changed_by"),
        Columns.instant(row, "changed_at"),
        row.getString("archive_reason"));
  }
}
