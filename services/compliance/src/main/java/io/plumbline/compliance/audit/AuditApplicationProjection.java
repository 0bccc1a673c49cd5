package io.plumbline.compliance.audit;

import io.plumbline.compliance.ledger.LedgerReader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Records the applications that each entry concerns, in the ledger's order. These are the
 * applications that its content names, up to a depth of {@link #MAX_DEPTH}, and for a decision also
 * those of the request that it decides. A refused message concerns none.
 */
@Component
class AuditApplicationProjection {

  private static final int BATCH = 500;
  private static final int MAX_DEPTH = 20;
  private static final int MAX_NAME = 200;

  private record Event(UUID workspace, String id) {}

  private final LedgerReader ledger;
  private final JdbcClient sql;
  private final JdbcTemplate batches;
  private final JsonMapper json;

  AuditApplicationProjection(
      LedgerReader ledger, JdbcClient sql, JdbcTemplate batches, JsonMapper json) {
    this.ledger = ledger;
    this.sql = sql;
    this.batches = batches;
    this.json = json;
  }

  /**
   * Records the applications of the next batch of entries.
   *
   * @return whether there may be more
   */
  @Transactional
  public boolean recordNextBatch() {
    long next =
        sql.sql("SELECT next_idx FROM audit_application_progress FOR UPDATE")
            .query(Long.class)
            .single();
    List<LedgerReader.Entry> entries = ledger.entriesFrom(next, BATCH);
    if (entries.isEmpty()) {
      return false;
    }
    Map<Event, Set<String>> ofBatch = new HashMap<>();
    for (LedgerReader.Entry entry : entries) {
      UUID workspace = entry.workspace();
      if (workspace != null && entry.refusal() == null) {
        enterWorkspace(workspace);
        Set<String> applications = applications(entry, workspace, ofBatch);
        ofBatch.put(new Event(workspace, entry.eventId()), applications);
        insert(workspace, entry, applications);
      }
    }
    sql.sql("UPDATE audit_application_progress SET next_idx = ?")
        .params(entries.getLast().index() + 1)
        .update();
    return entries.size() == BATCH;
  }

  /** Sets the transaction's workspace, against which row-level security checks each row. */
  private void enterWorkspace(UUID workspace) {
    sql.sql("SELECT set_config('plumbline.workspace', ?, true)")
        .params(workspace.toString())
        .query(String.class)
        .single();
  }

  private Set<String> applications(
      LedgerReader.Entry entry, UUID workspace, Map<Event, Set<String>> ofBatch) {
    Set<String> found = new TreeSet<>();
    try {
      JsonNode payload = json.readTree(entry.value());
      collectNames(payload, found, 0);
      String request = AuditRow.toStorable(payload.path("requestEventId").asString(""));
      if (!request.isEmpty()) {
        Set<String> known = ofBatch.get(new Event(workspace, request));
        found.addAll(known == null ? storedApplications(request) : known);
      }
    } catch (JacksonException e) {
      // Anything may be in a message; one that is not JSON names no application.
      return Set.of();
    }
    return found;
  }

  private List<String> storedApplications(String event) {
    return sql.sql("SELECT application FROM audit_application WHERE event_id = ?")
        .param(event)
        .query((row, number) -> row.getString("application"))
        .list();
  }

  /** Collects every {@code application} and all {@code applications}, at any allowed depth. */
  private static void collectNames(JsonNode node, Set<String> found, int depth) {
    if (depth > MAX_DEPTH) {
      return;
    }
    List<JsonNode> names = new ArrayList<>();
    names.add(node.path("application"));
    node.path("applications").forEach(names::add);
    for (JsonNode name : names) {
      String text = name.isString() ? AuditRow.toStorable(name.asString()) : "";
      if (!text.isBlank() && text.length() <= MAX_NAME) {
        found.add(text);
      }
    }
    node.forEach(child -> collectNames(child, found, depth + 1));
  }

  private void insert(UUID workspace, LedgerReader.Entry entry, Set<String> applications) {
    batches.batchUpdate(
        "INSERT INTO audit_application (workspace_id, application, idx, event_id) VALUES (?, ?, ?,"
            + " ?) ON CONFLICT DO NOTHING",
        applications.stream()
            .map(name -> new Object[] {workspace, name, entry.index(), entry.eventId()})
            .toList());
  }
}
