package io.plumbline.inference;

import static io.plumbline.platform.test.EmbeddedServers.asSuperuser;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plumbline.platform.test.table.SampleRow;
import io.plumbline.platform.test.table.TableRights;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What the service may do to each of its tables, and that nobody does more to its evidence. A new
 * table fails here until it is decided whether its rows are evidence.
 */
class EvidenceGrantsTests {

  /** Its own: what a test inserts here nobody else reads. */
  private static final String DATABASE = "grants";

  /** Evidence: written once. */
  private static final List<String> EVIDENCE =
      List.of(
          "connection",
          "model_version_projection",
          "prompt_projection",
          "split_projection",
          "variant",
          "verdict_projection");

  /** Evidence of which the named columns change. */
  private static final List<String> NARROW =
      List.of(
          // Only something newer replaces it.
          "admission_projection: INSERT, UPDATE (outcome, purposes, reasons, version)",
          "application_projection: INSERT, UPDATE (criticality, version)",
          "base_model_projection: INSERT, UPDATE (currency, input_per_million, model_digest,"
              + " output_per_million, version)",
          "criteria_projection: INSERT, UPDATE (criteria_digest, version)",
          "policy_projection: INSERT, UPDATE (source, target, version)",
          // Corrected by who gave it.
          "feedback: INSERT, UPDATE (correct, correction, created_at)",
          // Until it is built or has failed.
          "index_version: INSERT, UPDATE (blob_digest, failure, fence, index_digest, passages)",
          // Until it has ended.
          "release: INSERT, UPDATE (changed_at, previous_release_id, reason, state, version)");

  /** No evidence: what leads to a provider at present, its keys, and the meter. */
  private static final List<String> OPERATIONAL =
      List.of(
          "open_connection: DELETE, INSERT, UPDATE",
          "provider: DELETE, INSERT, UPDATE",
          "usage_minute: DELETE, INSERT, UPDATE");

  private static Stream<String> evidence() {
    return Stream.concat(
        EVIDENCE.stream(), NARROW.stream().map(rights -> rights.substring(0, rights.indexOf(':'))));
  }

  @Test
  void every_table_is_decided() {
    assertThat(TableRights.of(DATABASE))
        .containsExactlyInAnyOrderElementsOf(
            Stream.of(
                    EVIDENCE.stream().map(table -> table + ": INSERT"),
                    NARROW.stream(),
                    OPERATIONAL.stream(),
                    TableRights.PLATFORM.stream())
                .flatMap(each -> each)
                .toList());
  }

  @ParameterizedTest
  @MethodSource("evidence")
  void nobody_rewrites_or_removes_evidence(String table) {
    SampleRow.insert(DATABASE, table, "{}");

    for (String change :
        List.of(
            "UPDATE %s SET workspace_id = gen_random_uuid()",
            "DELETE FROM %s", "TRUNCATE %s CASCADE")) {
      assertThatThrownBy(() -> asSuperuser(DATABASE, change.formatted(table)))
          .hasMessageContaining(table + " is append-only");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "admission_projection",
        "application_projection",
        "base_model_projection",
        "criteria_projection",
        "policy_projection"
      })
  void a_row_is_replaced_by_a_newer_one_only(String table) {
    UUID row = SampleRow.insert(DATABASE, table, "{}");
    String change =
        "UPDATE " + table + " SET version = version %s WHERE workspace_id = '" + row + "'";
    asSuperuser(DATABASE, change.formatted("+ 1"));

    for (String same : List.of("", "- 1")) {
      assertThatThrownBy(() -> asSuperuser(DATABASE, change.formatted(same)))
          .hasMessageContaining(
              "a row of %s whose version is 2 is replaced by a higher one only", table);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          index_version | {"index_digest": null} | index_digest = 'y'
          index_version | {"failure": null} | index_digest = 'y'
          release | {"state": "REJECTED"} | state = 'ACTIVE'
          """)
  void what_has_ended_is_final(String table, String ended, String change) {
    UUID row = SampleRow.insert(DATABASE, table, ended);

    assertThatThrownBy(() ->
            asSuperuser(
                DATABASE,
                "UPDATE %s SET %s WHERE workspace_id = '%s'".formatted(table, change, row)))
        .hasMessageContaining("a row of " + table + " that ")
        .hasMessageContaining("final");
  }
}
