package io.plumbline.platform.projection;

import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/**
 * The part of a {@code Projection} by which its rows can be computed again from the log, without
 * the service.
 *
 * @param table the table
 * @param rows the query that gives the rows; empty for all rows of the table
 * @param event the name of the event
 * @param when the texts that the event may have at each path, an empty one for an absent value;
 *     otherwise it has no row
 * @param always whether every event for which {@code when} holds has a row
 * @param key the columns by which a row is found
 * @param newest whether the last event with the key decides; else the first
 * @param columns the path of the value of each column; after {@code @} one of {@code workspace},
 *     {@code time} and {@code aggregateVersion}, after {@code =} a constant; before {@code []} a
 *     list, each element of which has a row
 * @param defaults the values of columns for which the path has none
 */
public record ProjectionDescription(
    String table,
    String rows,
    String event,
    SortedMap<String, List<String>> when,
    boolean always,
    List<String> key,
    boolean newest,
    SortedMap<String, String> columns,
    Map<String, String> defaults) {

  /** Precedes the name of a part of the envelope. */
  public static final String ENVELOPE = "@";

  /** Precedes a constant. */
  public static final String CONSTANT = "=";

  /** Follows the path of a list, each element of which has a row. */
  public static final String ELEMENTS = "[]";

  /** Returns the path of the list itself, or a path that is not one of elements unchanged. */
  public static String withoutElements(String path) {
    return path.endsWith(ELEMENTS) ? path.substring(0, path.length() - ELEMENTS.length()) : path;
  }
}
