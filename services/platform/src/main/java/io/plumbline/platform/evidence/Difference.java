package io.plumbline.platform.evidence;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A row that is not as the log says.
 *
 * @param key the values of the columns by which the row is found, without the workspace
 * @param columns the columns that differ; empty if the whole row is missing or has no event
 * @param index the event that decides the row; absent if the log has none
 */
public record Difference(
    Kind kind,
    String service,
    String table,
    UUID workspace,
    List<String> key,
    List<String> columns,
    @Nullable Long index) {

  /** The ways in which a row can contradict the log. */
  public enum Kind {
    /** The log has no event from which the row follows. */
    MADE_UP,
    /** The row differs from its event. */
    CHANGED,
    /** The event has no row. */
    MISSING
  }
}
