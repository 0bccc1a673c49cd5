package io.plumbline.platform.evidence;

import io.plumbline.platform.data.Columns;
import io.plumbline.platform.projection.ProjectionDescription;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** The rows of a table, read by the role that verifies. */
final class TableRows {

  private static final int FETCH = 1_000;

  /** The result for one expected row: whether it is missing, and the columns that differ. */
  record Comparison(int number, boolean missing, List<String> changed) {}

  private final Connection connection;
  private final ProjectionDescription description;
  private final JsonMapper json;
  private final String from;
  private final Map<String, String> types;

  TableRows(Connection connection, ProjectionDescription description, JsonMapper json)
      throws SQLException {
    this.connection = connection;
    this.description = description;
    this.json = json;
    this.from = description.rows().isEmpty() ? description.table() : "(" + description.rows() + ")";
    this.types = readTypes();
  }

  private Map<String, String> readTypes() throws SQLException {
    Map<String, String> found = new LinkedHashMap<>();
    try (PreparedStatement select =
            connection.prepareStatement("SELECT * FROM " + from + " AS t LIMIT 0");
        ResultSet row = select.executeQuery()) {
      ResultSetMetaData columns = row.getMetaData();
      for (int i = 1; i <= columns.getColumnCount(); i++) {
        String type = columns.getColumnTypeName(i);
        boolean rounded = type.equals("numeric") && columns.getPrecision(i) > 0;
        found.put(
            columns.getColumnLabel(i),
            rounded
                ? "numeric(%d, %d)".formatted(columns.getPrecision(i), columns.getScale(i))
                : type);
      }
    }
    return found;
  }

  private boolean isJson(String column) {
    return types.getOrDefault(column, "").startsWith("json");
  }

  /** Returns the columns whose values are JSON. */
  List<String> jsonColumns() {
    return description.columns().keySet().stream().filter(this::isJson).toList();
  }

  /** Compares rows with the expected ones, in their order. */
  List<Comparison> compare(List<Map<String, @Nullable Object>> expected) throws SQLException {
    List<Map<String, @Nullable Object>> numbered = new ArrayList<>();
    for (int i = 0; i < expected.size(); i++) {
      Map<String, @Nullable Object> row = new LinkedHashMap<>(expected.get(i));
      row.put("place", i);
      numbered.add(row);
    }
    List<Comparison> comparisons = new ArrayList<>();
    try (PreparedStatement select = connection.prepareStatement(comparison())) {
      select.setString(1, json.writeValueAsString(numbered));
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          comparisons.add(
              new Comparison(
                  row.getInt("place"), row.getBoolean("missing"), Columns.texts(row, "changed")));
        }
      }
    }
    return comparisons;
  }

  private String comparison() {
    String columns =
        description.columns().keySet().stream()
            .map(column -> "\"%s\" %s".formatted(column, types.get(column)))
            .collect(Collectors.joining(", "));
    String differences =
        description.columns().keySet().stream()
            .map(column ->
                "CASE WHEN %s IS DISTINCT FROM %s THEN '%s' END"
                    .formatted(comparable("t", column), comparable("e", column), column))
            .collect(Collectors.joining(", "));
    String keys =
        description.key().stream()
            .map(column -> "t.\"%1$s\" = e.\"%1$s\"".formatted(column))
            .collect(Collectors.joining(" AND "));
    return """
    SELECT e.place, t.workspace_id IS NULL AS missing, array_remove(ARRAY[%s]::text[], NULL) AS changed
    FROM jsonb_to_recordset(?::jsonb) AS e(place int, %s) LEFT JOIN %s AS t ON %s ORDER BY e.place
    """
        .formatted(differences, columns, from, keys);
  }

  /** Absent fields of JSON are equal to fields that are null. */
  private String comparable(String row, String column) {
    String value = "%s.\"%s\"".formatted(row, column);
    return isJson(column) ? "jsonb_strip_nulls(%s::jsonb)".formatted(value) : value;
  }

  /** A reader of the keys of all rows. */
  @FunctionalInterface
  interface KeyReader {
    /**
     * Reads a key.
     *
     * @return whether to go on
     */
    boolean read(List<String> key);
  }

  void readKeys(KeyReader reader) throws SQLException {
    String columns =
        description.key().stream()
            .map(column -> "t.\"%1$s\"::text AS \"%1$s\"".formatted(column))
            .collect(Collectors.joining(", "));
    try (PreparedStatement select =
        connection.prepareStatement("SELECT " + columns + " FROM " + from + " AS t")) {
      select.setFetchSize(FETCH);
      try (ResultSet row = select.executeQuery()) {
        boolean more = true;
        while (more && row.next()) {
          List<String> key = new ArrayList<>();
          for (String column : description.key()) {
            String text = row.getString(column);
            key.add(text == null ? "" : text);
          }
          more = reader.read(key);
        }
      }
    }
  }
}
