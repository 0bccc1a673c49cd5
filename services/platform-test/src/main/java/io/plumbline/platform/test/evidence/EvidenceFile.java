package io.plumbline.platform.test.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.platform.data.GuardTriggers;
import io.plumbline.platform.event.Projection;
import io.plumbline.platform.event.RecordedTable;
import io.plumbline.platform.projection.ProjectionDescription;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * The file by which the verification of the ledger knows the tables of a service and the triggers
 * that guard them.
 */
public final class EvidenceFile {

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(SerializationFeature.INDENT_OUTPUT)
          .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
          .build();

  private EvidenceFile() {}

  /**
   * Checks that the committed file is the one that follows from the service. After a change run
   * with {@code -Dopenapi.update=true}.
   *
   * @param auditor a connection as the role that verifies evidence
   */
  public static void check(
      String service,
      Stream<Projection<?>> projections,
      Stream<RecordedTable<?>> recorded,
      Connection connection,
      Connection auditor)
      throws IOException, SQLException {
    Path file = Path.of("../compliance/src/main/resources/evidence/" + service + ".json");
    List<ProjectionDescription> tables = new ArrayList<>();
    for (Projection<?> projection : projections.toList()) {
      tables.add(projection.description(primaryKey(connection, projection.table())));
    }
    recorded.map(RecordedTable::description).forEach(tables::add);
    tables.sort(
        Comparator.comparing(ProjectionDescription::table)
            .thenComparing(ProjectionDescription::event)
            .thenComparing(ProjectionDescription::newest));
    String generated =
        JSON.writeValueAsString(
                Map.of("tables", tables, "triggers", GuardTriggers.read(connection)))
            + "\n";
    requireReadable(auditor, tables);
    if (Boolean.getBoolean("openapi.update")) {
      Files.createDirectories(file.getParent());
      Files.writeString(file, generated);
    }
    assertThat(file)
        .as("the tables with evidence; renew the file with -Dopenapi.update=true")
        .hasContent(generated);
  }

  /** Checks that the role that verifies may read every table with evidence. */
  private static void requireReadable(Connection auditor, List<ProjectionDescription> tables)
      throws SQLException {
    for (ProjectionDescription table : tables) {
      String from = table.rows().isEmpty() ? table.table() : "(" + table.rows() + ")";
      try (PreparedStatement select =
              auditor.prepareStatement("SELECT count(*) FROM " + from + " AS t");
          ResultSet row = select.executeQuery()) {
        assertThat(row.next()).isTrue();
      }
    }
  }

  private static List<String> primaryKey(Connection connection, String table) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            """
            SELECT a.attname FROM pg_index i JOIN pg_attribute a
              ON a.attrelid = i.indrelid AND a.attnum = ANY(i.indkey)
            WHERE i.indrelid = ?::regclass AND i.indisprimary ORDER BY array_position(i.indkey, a.attnum)
            """)) {
      select.setString(1, table);
      try (ResultSet row = select.executeQuery()) {
        List<String> columns = new ArrayList<>();
        while (row.next()) {
          columns.add(row.getString("attname"));
        }
        return columns;
      }
    }
  }
}
