package io.plumbline.platform.event;

import io.plumbline.contracts.Event;
import io.plumbline.platform.projection.ProjectionDescription;
import java.util.List;

/**
 * The declaration of a table that this service writes together with an event of its own, or after
 * an event that changes its state. A service declares it as a bean, by which the verification of
 * the ledger compares the rows with the events.
 *
 * @param <E> the record of the event
 */
public final class RecordedTable<E extends Event> {

  private final Projection<E> columns;
  private final List<String> key;
  private boolean lastDecides;
  private String rows = "";

  RecordedTable(Projection<E> columns, List<String> key) {
    this.columns = columns;
    this.key = key;
  }

  /** Compares rows with the last event of their key, instead of the first. */
  public RecordedTable<E> lastEventDecides() {
    this.lastDecides = true;
    return this;
  }

  /** Compares the rows that a query gives, instead of all rows of the table. */
  public RecordedTable<E> rows(String query) {
    this.rows = query;
    return this;
  }

  /** Returns the description of the table. */
  public ProjectionDescription description() {
    return columns.description(key, lastDecides, rows);
  }
}
