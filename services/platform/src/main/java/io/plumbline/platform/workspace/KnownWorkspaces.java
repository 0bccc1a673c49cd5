package io.plumbline.platform.workspace;

import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** The workspaces of the installation, as far as their events have arrived. */
public final class KnownWorkspaces {

  static final String TABLE = "known_workspace";
  static final String ACTIVE = "ACTIVE";
  static final String ARCHIVED = "ARCHIVED";

  private final JdbcClient sql;
  private final TransactionTemplate transaction;

  KnownWorkspaces(JdbcClient sql, TransactionTemplate transaction) {
    this.sql = sql;
    this.transaction = transaction;
  }

  /** Returns the workspaces that are not archived, in the order of their ids. */
  public List<UUID> active() {
    return inState(ACTIVE);
  }

  /** Returns the workspaces that are archived, in the order of their ids. */
  public List<UUID> archived() {
    return inState(ARCHIVED);
  }

  private List<UUID> inState(String state) {
    return Objects.requireNonNull(
        transaction.execute(status ->
            sql.sql(
                    "SELECT workspace_id FROM known_workspace WHERE state = ? ORDER BY"
                        + " workspace_id")
                .param(state)
                .query(UUID.class)
                .list()));
  }

  /** Returns whether a workspace is archived. One that is not known yet is not. */
  boolean isArchived(UUID workspace) {
    return Boolean.TRUE.equals(
        transaction.execute(status ->
            sql.sql(
                    "SELECT EXISTS (SELECT FROM known_workspace WHERE workspace_id = ? AND"
                        + " state = ?)")
                .params(workspace, ARCHIVED)
                .query(Boolean.class)
                .single()));
  }
}
