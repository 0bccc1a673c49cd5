package io.plumbline.promptregistry.diff;

/** A run of text that has one fate between two versions; a variable is never cut. */
public record Segment(Op op, String text) {

  /**
   * EQUAL in both; DELETE only in the older; INSERT only in the newer; RENAME is the newer's text
   * of a renamed variable.
   */
  public enum Op {
    EQUAL,
    DELETE,
    INSERT,
    RENAME
  }
}
