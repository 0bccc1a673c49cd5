package io.plumbline.promptregistry.diff;

/** A run of words of one line that is of one kind; a variable is never cut. */
public record Segment(Kind kind, String text) {

  /**
   * The kind of a segment. EQUAL: in both versions. REMOVED: only in the older. ADDED: only in the
   * newer. RENAMED: a variable that only changed its name, by its name in the line's version.
   */
  public enum Kind {
    EQUAL,
    REMOVED,
    ADDED,
    RENAMED
  }
}
