package io.plumbline.datasetregistry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plumbline.platform.test.EmbeddedServers;
import io.plumbline.platform.test.table.SampleRow;
import io.plumbline.platform.test.table.TableRights;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Tests of the privileges that the service has on each table according to the database, and of the
 * changes that are denied to everybody. A new table fails here until it is decided whether its rows
 * are evidence.
 */
@Tag("servers")
class EvidenceGrantsTests {

  private static final String SERVICE = "dataset-registry";

  private static final List<String> EVIDENCE =
      List.of(
          // Rows of these tables are written once.
          "admission: INSERT",
          "draft_author: INSERT",
          "finding: INSERT",
          "lineage_edge: INSERT",
          // Only a newer version replaces a row.
          "admission_policy: INSERT, UPDATE (source, version)",
          "lineage_node: INSERT, UPDATE (changed_at, revision, state)",
          // Descriptions by people and counters can change.
          "dataset: INSERT, UPDATE (description, latest_version, legal_basis, licence, version)",
          // Draft items are no evidence: events record those that were added and removed.
          "draft_item: DELETE, INSERT",
          // Unfinished uploads are no evidence: events record the versions that they become.
          "resumable_upload: DELETE, INSERT, UPDATE (expires_at, stored, version)",
          "upload_part: DELETE, INSERT",
          // The job writes its result once.
          "dataset_version: INSERT, UPDATE (problems, published_at, report, report_digest, rows,"
              + " rows_digest, state, version, version_digest)",
          "split: INSERT, UPDATE (dropped, error, leakage, leaks, published_at, split_digest,"
              + " state, subsets, version)");

  private final UUID workspace = UUID.randomUUID();

  @Test
  void every_table_is_decided() {
    assertThat(TableRights.of(SERVICE))
        .containsExactlyInAnyOrderElementsOf(
            Stream.concat(EVIDENCE.stream(), TableRights.PLATFORM.stream()).toList());
  }

  @BeforeEach
  void a_published_version_with_a_split_and_a_pending_one_of_each() {
    EmbeddedServers.executeAsSuperuser(
        SERVICE,
        """
        INSERT INTO dataset VALUES ('%1$s', gen_random_uuid(), 'mails', 'DOCUMENTS', '', '', '', 'body', NULL, '[]',
          2, 'ada', now(), 0)
        """
            .formatted(workspace),
        """
        INSERT INTO dataset_version (workspace_id, id, dataset, number, state, format, source_digest,
          source_bytes, masked_kinds, rows, problems, created_by, created_at, version)
        SELECT '%1$s', gen_random_uuid(), 'mails', number, state, 'CSV', 'digest', 1, '[]', 0, '[]', 'ada',
          now(), 0
        FROM (VALUES (1, 'READY'), (2, 'INGESTING')) AS made (number, state)
        """
            .formatted(workspace),
        """
        INSERT INTO draft_author VALUES ('%1$s', 'mails', 1, 'ada')
        """
            .formatted(workspace),
        """
        INSERT INTO split (workspace_id, id, dataset, number, state, recipe, subsets, dropped, leakage, leaks,
          created_by, created_at, version)
        SELECT '%1$s', gen_random_uuid(), 'mails', 1, state, '{}', '{}', '{}', 0, '[]', 'ada', now(), 0
        FROM (VALUES ('READY'), ('SPLITTING')) AS made (state)
        """
            .formatted(workspace));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "UPDATE admission SET outcome = 'PASS'",
        "DELETE FROM admission",
        "TRUNCATE admission",
        "UPDATE draft_author SET author = 'ben'",
        "DELETE FROM draft_author",
        "TRUNCATE draft_author",
        "UPDATE finding SET kind = 'NONE'",
        "DELETE FROM finding",
        "TRUNCATE finding",
        "UPDATE dataset SET text_column = 'subject'",
        "UPDATE dataset SET created_by = 'ben'",
        "DELETE FROM dataset",
        "TRUNCATE dataset CASCADE",
        "UPDATE dataset_version SET source_digest = 'another'",
        "UPDATE dataset_version SET masked_kinds = '[\"EMAIL\"]'",
        "DELETE FROM dataset_version",
        "TRUNCATE dataset_version CASCADE",
        "UPDATE split SET recipe = '[]'",
        "UPDATE split SET number = number + 1",
        "DELETE FROM split",
        "TRUNCATE split"
      })
  void nobody_changes_or_removes_evidence(String change) {
    assertThatThrownBy(() -> EmbeddedServers.executeAsSuperuser(SERVICE, change))
        .hasMessageContaining("is append-only");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "UPDATE admission_policy SET policy = 'another'",
        "DELETE FROM admission_policy",
        "TRUNCATE admission_policy"
      })
  void nobody_removes_a_policy(String change) {
    SampleRow.insert("grants", "admission_policy", "{}");

    assertThatThrownBy(() -> EmbeddedServers.executeAsSuperuser("grants", change))
        .hasMessageContaining("admission_policy is append-only");
  }

  @Test
  void a_policy_is_replaced_by_a_newer_version_only() {
    UUID row = SampleRow.insert("grants", "admission_policy", "{}");

    assertThatThrownBy(() ->
            EmbeddedServers.executeAsSuperuser(
                "grants",
                "UPDATE admission_policy SET source = '[]' WHERE workspace_id = '%s'"
                    .formatted(row)))
        .hasMessageContaining(
            "a row of admission_policy whose version is 1 is replaced by a higher one only");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "UPDATE lineage_node SET name = 'another', revision = revision + 1",
        "DELETE FROM lineage_node",
        "TRUNCATE lineage_node"
      })
  void nobody_changes_what_was_made(String change) {
    SampleRow.insert("grants", "lineage_node", "{}");

    assertThatThrownBy(() -> EmbeddedServers.executeAsSuperuser("grants", change))
        .hasMessageContaining("lineage_node is append-only");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "UPDATE lineage_edge SET source_id = 'another'",
        "DELETE FROM lineage_edge",
        "TRUNCATE lineage_edge"
      })
  void nobody_changes_what_it_was_made_of(String change) {
    SampleRow.insert("grants", "lineage_edge", "{}");

    assertThatThrownBy(() -> EmbeddedServers.executeAsSuperuser("grants", change))
        .hasMessageContaining("lineage_edge is append-only");
  }

  @Test
  void a_state_is_replaced_by_a_later_one_only() {
    UUID row = SampleRow.insert("grants", "lineage_node", "{}");

    assertThatThrownBy(() ->
            EmbeddedServers.executeAsSuperuser(
                "grants",
                "UPDATE lineage_node SET state = 'ACTIVE' WHERE workspace_id = '%s'"
                    .formatted(row)))
        .hasMessageContaining(
            "a row of lineage_node whose revision is 1 is replaced by a higher one only");
  }

  @Test
  void a_published_version_is_final_for_everybody() {
    assertThatThrownBy(() -> change("UPDATE dataset_version SET rows_digest = 'another'", "READY"))
        .hasMessageContaining("a row of dataset_version that is READY is final");
  }

  @Test
  void a_version_is_published_once() {
    change("UPDATE dataset_version SET state = 'READY', rows = 3", "INGESTING");

    assertThatThrownBy(() -> change("UPDATE dataset_version SET state = 'INGESTING'", "READY"))
        .hasMessageContaining("is final");
  }

  @Test
  void a_published_split_is_final_for_everybody() {
    assertThatThrownBy(() -> change("UPDATE split SET leakage = 0", "READY"))
        .hasMessageContaining("a row of split that is READY is final");
  }

  @Test
  void a_split_fails_once() {
    change("UPDATE split SET state = 'FAILED', error = 'empty'", "SPLITTING");

    assertThatThrownBy(() -> change("UPDATE split SET error = 'another'", "FAILED"))
        .hasMessageContaining("a row of split that is FAILED is final");
  }

  private void change(String update, String state) {
    EmbeddedServers.executeAsSuperuser(
        SERVICE,
        "%s WHERE workspace_id = '%s' AND state = '%s'".formatted(update, workspace, state));
  }
}
