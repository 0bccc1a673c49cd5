package io.plumbline.policy;

/**
 * A reason why a source cannot be activated.
 *
 * @param pointer an RFC 6901 pointer into the source; empty for the source as a whole
 * @param line 1 for the first line of the expression that the pointer names, or of the source when
 *     the pointer is empty; 0 when the flaw has no place
 * @param column 1 for the first character of the line; 0 when the flaw has no place
 * @param detail what is wrong, with its place, as a predicate: "must be unique in the policy"
 */
public record PolicyFlaw(String pointer, int line, int column, String detail) {

  static PolicyFlaw of(String pointer, String detail) {
    return new PolicyFlaw(pointer, 0, 0, detail);
  }
}
