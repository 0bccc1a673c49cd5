package io.plumbline.training.projection;

import io.plumbline.contracts.DatasetRegistryEvent.AdmissionDecided;
import io.plumbline.contracts.DatasetRegistryEvent.SplitDefined;
import io.plumbline.contracts.ModelRegistryEvent.BaseModelListed;
import io.plumbline.contracts.StrategyEvent.ApplicationRegistered;
import io.plumbline.contracts.StrategyEvent.PhaseChanged;
import io.plumbline.platform.event.EventMetadata;
import io.plumbline.platform.event.OnEvent;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Projects what other services tell; refuses nothing, since topics have no mutual order. */
@Component
class EventProjection {

  private final JdbcClient sql;
  private final JsonMapper json;

  EventProjection(JdbcClient sql, JsonMapper json) {
    this.sql = sql;
    this.json = json;
  }

  @OnEvent
  public void on(ApplicationRegistered event, EventMetadata metadata) {
    know(metadata.workspace(), event.application());
  }

  @OnEvent
  public void on(PhaseChanged event, EventMetadata metadata) {
    know(metadata.workspace(), event.application());
    sql.sql(
            """
            INSERT INTO phase AS known (workspace_id, application, phase, state, missing, version) VALUES (?, ?, ?, ?, ?, ?)
            ON CONFLICT (workspace_id, application, phase) DO UPDATE
            SET state = excluded.state, missing = excluded.missing, version = excluded.version WHERE known.version < excluded.version
            """)
        .params(
            metadata.workspace(),
            event.application(),
            event.phase().name(),
            event.state().name(),
            event.missingEvidence().toArray(String[]::new),
            metadata.aggregateVersion())
        .update();
  }

  @OnEvent
  public void on(BaseModelListed event, EventMetadata metadata) {
    sql.sql(
            """
            INSERT INTO base_model AS known (workspace_id, name, digest, tunable, version) VALUES (?, ?, ?, ?, ?)
            ON CONFLICT (workspace_id, name) DO UPDATE
            SET digest = excluded.digest, tunable = excluded.tunable, version = excluded.version WHERE known.version < excluded.version
            """)
        .params(
            metadata.workspace(),
            event.model(),
            event.modelDigest().hex(),
            event.tunable(),
            metadata.aggregateVersion())
        .update();
  }

  @OnEvent
  public void on(SplitDefined event, EventMetadata metadata) {
    sql.sql(
            """
            INSERT INTO split (workspace_id, digest, dataset, dataset_version, version_digest, parts) VALUES (?, ?, ?, ?, ?, ?::jsonb)
            ON CONFLICT (workspace_id, digest) DO NOTHING
            """)
        .params(
            metadata.workspace(),
            event.splitDigest().hex(),
            event.dataset(),
            event.version(),
            event.versionDigest().hex(),
            json.writeValueAsString(event.parts()))
        .update();
  }

  @OnEvent
  public void on(AdmissionDecided event, EventMetadata metadata) {
    sql.sql(
            """
            INSERT INTO admission AS known (workspace_id, version_digest, purposes, reasons, version) VALUES (?, ?, ?, ?, ?)
            ON CONFLICT (workspace_id, version_digest) DO UPDATE
            SET purposes = excluded.purposes, reasons = excluded.reasons, version = excluded.version WHERE known.version < excluded.version
            """)
        .params(
            metadata.workspace(),
            event.versionDigest().hex(),
            event.purposes().toArray(String[]::new),
            event.reasons().toArray(String[]::new),
            metadata.aggregateVersion())
        .update();
  }

  private void know(UUID workspace, String application) {
    sql.sql("INSERT INTO application (workspace_id, name) VALUES (?, ?) ON CONFLICT DO NOTHING")
        .params(workspace, application)
        .update();
  }
}
