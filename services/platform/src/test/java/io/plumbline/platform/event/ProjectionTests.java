package io.plumbline.platform.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.plumbline.contracts.DatasetRegistryEvent.AdmissionDecided;
import io.plumbline.contracts.Digest;
import io.plumbline.contracts.StrategyEvent.ApplicationRegistered;
import io.plumbline.contracts.state.Outcome;
import io.plumbline.platform.PlatformDatabase;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.support.StaticListableBeanFactory;

@Tag("servers")
class ProjectionTests {

  private static final Digest DIGEST = Digest.ofText("version");

  private static final Projection<AdmissionDecided> ADMISSION =
      Projection.of(AdmissionDecided.class, "admission")
          .columns("version_digest", "outcome", "purposes")
          .json("reasons")
          .column("policy", "policyDigest")
          .aggregateVersion("version")
          .time("decided_at");

  private final PlatformDatabase database = new PlatformDatabase();

  @BeforeEach
  void create_table() {
    database
        .sql()
        .sql(
            """
            CREATE TABLE admission (workspace_id uuid, version_digest text, outcome text, purposes text[],
              reasons jsonb, policy text, version bigint, decided_at timestamptz,
              PRIMARY KEY (workspace_id, version_digest))
            """)
        .update();
  }

  @AfterEach
  void drop_table() {
    database.sql().sql("DROP TABLE admission").update();
  }

  @Test
  void a_row_has_the_values_of_its_event_in_the_workspace_of_the_event() {
    store(ADMISSION, decided(Outcome.PASS), 1);

    assertThat(rows())
        .containsExactly(
            Map.of(
                "workspace_id", Samples.ACME.toString(),
                "version_digest", DIGEST.hex(),
                "outcome", "PASS",
                "purposes", "{TRAIN,EVALUATE}",
                "reasons", "[\"clean\"]",
                "policy", "none",
                "version", "1",
                "decided_at", "2026-11-26 12:00:00"));
  }

  @Test
  void the_first_row_of_a_key_is_kept() {
    store(ADMISSION, decided(Outcome.PASS), 1);
    store(ADMISSION, decided(Outcome.FAIL), 2);

    assertThat(rows()).extracting(row -> row.get("outcome")).containsExactly("PASS");
  }

  @Test
  void a_row_is_replaced_by_a_higher_version_only() {
    Projection<AdmissionDecided> newest =
        Projection.of(AdmissionDecided.class, "admission")
            .columns("version_digest", "outcome")
            .aggregateVersion("version")
            .newestPer("version_digest");

    store(newest, decided(Outcome.PASS), 2);
    store(newest, decided(Outcome.FAIL), 1);
    assertThat(rows()).extracting(row -> row.get("outcome")).containsExactly("PASS");

    store(newest, decided(Outcome.FAIL), 3);
    assertThat(rows()).extracting(row -> row.get("outcome")).containsExactly("FAIL");
  }

  @Test
  void an_event_that_does_not_match_the_condition_is_not_stored() {
    Projection<AdmissionDecided> passed =
        Projection.of(AdmissionDecided.class, "admission")
            .columns("version_digest")
            .when(event -> event.outcome() == Outcome.PASS);

    store(passed, decided(Outcome.FAIL), 1);

    assertThat(rows()).isEmpty();
  }

  @Test
  void a_column_without_a_component_is_refused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() ->
            Projection.of(ApplicationRegistered.class, "application").columns("application_name"))
        .withMessage(
            "ApplicationRegistered has no component 'applicationName' for column"
                + " 'application_name' of table 'application'. Declare its value too.");
  }

  private void store(Projection<?> projection, AdmissionDecided event, long version) {
    StaticListableBeanFactory beans = new StaticListableBeanFactory();
    beans.addBean("projection", projection);
    EventHandlers handlers = new EventHandlers(beans, database.sql(), Samples.JSON);
    handlers.afterSingletonsInstantiated();
    EventMetadata sample = Samples.registered(new UUID(7, version), "mails", Samples.ACME);
    handlers.handle(
        event,
        new EventMetadata(
            sample.id(),
            "io.plumbline.dataset.admission-decided.v1",
            "dataset-registry",
            sample.subject(),
            sample.time(),
            sample.workspace(),
            sample.actor(),
            version,
            null));
  }

  private List<Map<String, String>> rows() {
    return database
        .sql()
        .sql(
            """
            SELECT workspace_id, version_digest, outcome, purposes, reasons, coalesce(policy, 'none') AS policy,
              version, decided_at AT TIME ZONE 'UTC' AS decided_at FROM admission
            """)
        .query((row, number) ->
            Map.of(
                "workspace_id", row.getString("workspace_id"),
                "version_digest", row.getString("version_digest"),
                "outcome", row.getString("outcome"),
                "purposes", String.valueOf(row.getString("purposes")),
                "reasons", String.valueOf(row.getString("reasons")),
                "policy", row.getString("policy"),
                "version", String.valueOf(row.getString("version")),
                "decided_at", String.valueOf(row.getString("decided_at"))))
        .list();
  }

  private static AdmissionDecided decided(Outcome outcome) {
    return new AdmissionDecided(
        "mails", 1, DIGEST, outcome, List.of("TRAIN", "EVALUATE"), List.of("clean"), null);
  }
}
