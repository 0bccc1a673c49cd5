package io.plumbline.platform.test.table;

import static io.plumbline.platform.test.EmbeddedServers.executeAsSuperuser;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Tests the rights of a service on each of its tables, and that nobody can do more to its evidence.
 * Each service extends this with the decisions for its tables. A new table fails the test until it
 * is decided whether its rows are evidence.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Tag("servers")
public abstract class EvidenceGrants {

  /** The database of this test alone, so that nobody else reads the rows that it inserts. */
  private static final String DATABASE = "grants";

  /**
   * A change of a row that has ended.
   *
   * @param row JSON of the columns that mark the row as ended
   * @param change the assignment of an UPDATE
   */
  public record Ended(String table, String row, String change) {}

  /** Returns the tables of evidence that is written once. */
  protected abstract List<String> writtenOnce();

  /**
   * Returns the rights on evidence of which only the named columns change, in the form of {@link
   * TableRights#of}.
   */
  protected abstract List<String> columnLimitedRights();

  /** Returns the rights on tables that are not evidence, in the form of {@link TableRights#of}. */
  protected List<String> operationalRights() {
    return List.of();
  }

  /** Returns the tables whose rows are replaced only by those of a higher version. */
  protected abstract List<String> replacedByNewer();

  /** Returns changes that nobody may make any more. */
  protected abstract List<Ended> ended();

  private Stream<String> evidence() {
    return Stream.concat(
        writtenOnce().stream(),
        columnLimitedRights().stream().map(rights -> rights.substring(0, rights.indexOf(':'))));
  }

  @Test
  void every_table_is_decided() {
    assertThat(TableRights.of(DATABASE))
        .containsExactlyInAnyOrderElementsOf(
            Stream.of(
                    writtenOnce().stream().map(table -> table + ": INSERT"),
                    columnLimitedRights().stream(),
                    operationalRights().stream(),
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
      assertThatThrownBy(() -> executeAsSuperuser(DATABASE, change.formatted(table)))
          .hasMessageContaining(table + " is append-only");
    }
  }

  @ParameterizedTest
  @MethodSource("replacedByNewer")
  void a_row_is_replaced_by_a_newer_one_only(String table) {
    UUID row = SampleRow.insert(DATABASE, table, "{}");
    String change =
        "UPDATE " + table + " SET version = version %s WHERE workspace_id = '" + row + "'";
    executeAsSuperuser(DATABASE, change.formatted("+ 1"));

    for (String same : List.of("", "- 1")) {
      assertThatThrownBy(() -> executeAsSuperuser(DATABASE, change.formatted(same)))
          .hasMessageContaining(
              "a row of %s whose version is 2 is replaced by a higher one only", table);
    }
  }

  @ParameterizedTest
  @MethodSource("ended")
  void what_has_ended_is_final(Ended ended) {
    UUID row = SampleRow.insert(DATABASE, ended.table(), ended.row());

    assertThatThrownBy(() ->
            executeAsSuperuser(
                DATABASE,
                "UPDATE %s SET %s WHERE workspace_id = '%s'"
                    .formatted(ended.table(), ended.change(), row)))
        .hasMessageContaining("a row of " + ended.table() + " that ")
        .hasMessageContaining("final");
  }
}
