package io.plumbline.promptregistry.diff;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A line of a unified diff. When lines were replaced, all removed lines of the place come first,
 * then all added ones, and the nth removed line corresponds to the nth added line.
 *
 * @param fromLine number of the line in the older text, counted from 1; absent for an added line
 * @param toLine number of the line in the newer text, counted from 1; absent for a removed line
 * @param text the line without its line feed
 * @param segments the words of the line that changed; empty unless the line corresponds to another
 */
public record DiffLine(
    Kind kind,
    @Nullable Integer fromLine,
    @Nullable Integer toLine,
    String text,
    List<Segment> segments) {

  /** The versions that have a line. EQUAL: both. REMOVED: only the older. ADDED: only the newer. */
  public enum Kind {
    EQUAL,
    REMOVED,
    ADDED
  }

  public DiffLine {
    segments = List.copyOf(segments);
  }
}
