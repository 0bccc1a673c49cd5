package io.plumbline.platform.body;

import io.plumbline.platform.problem.CommonProblem;
import io.plumbline.platform.problem.Problem;
import java.util.Optional;

/**
 * The size of what a JSON text will be parsed into, counted over its bytes before anything is made
 * of them. The limits therefore hold for every later reader of the body, whether it makes a record,
 * a tree or a digest.
 *
 * <p>For a text that is not well-formed, the counts cover at least the part before the flaw; no
 * parser gets further than that.
 *
 * @param nodes number of values and member names
 * @param depth nesting of arrays and objects
 */
record BodyShape(int nodes, int depth) {

  /**
   * Counts values and nesting in one pass over the bytes, without a parser. It costs no more than
   * reading the bytes.
   */
  static BodyShape of(byte[] body) {
    int nodes = 0;
    int depth = 0;
    int deepest = 0;
    boolean scalar = false;
    for (int i = 0; i < body.length; i++) {
      switch (body[i]) {
        case '"' -> {
          nodes++;
          scalar = false;
          i = endOfString(body, i);
        }
        case '{', '[' -> {
          nodes++;
          depth++;
          deepest = Math.max(deepest, depth);
          scalar = false;
        }
        case '}', ']' -> {
          depth--;
          scalar = false;
        }
        case ',', ':', ' ', '\t', '\r', '\n' -> scalar = false;
        default -> {
          nodes += scalar ? 0 : 1;
          scalar = true;
        }
      }
    }
    return new BodyShape(nodes, deepest);
  }

  private static int endOfString(byte[] body, int start) {
    int i = start + 1;
    while (i < body.length && body[i] != '"') {
      i += body[i] == '\\' ? 2 : 1;
    }
    return i;
  }

  /**
   * Returns whether a body can be UTF-8, which JSON between systems must be (RFC 8259, section
   * 8.1). Parsers guess other encodings from zero bytes and byte order marks, and in those the
   * structure would be written in other bytes.
   */
  static boolean isUtf8(byte[] body) {
    if (body.length > 0 && (body[0] == (byte) 0xFE || body[0] == (byte) 0xFF)) {
      return false;
    }
    for (byte each : body) {
      if (each == 0) {
        return false;
      }
    }
    return true;
  }

  /** Returns the problem of a body that exceeds the limits; empty when it keeps within them. */
  Optional<Problem> problemIfOver(BodyLimits limits) {
    if (nodes > limits.maxNodes()) {
      return Optional.of(
          new Problem(
              CommonProblem.TOO_LARGE,
              "The body has %d values and names. Send at most %d."
                  .formatted(nodes, limits.maxNodes())));
    }
    if (depth > limits.maxDepth()) {
      return Optional.of(
          Problem.invalid(
              "", "is nested %d levels deep; nest at most %d".formatted(depth, limits.maxDepth())));
    }
    return Optional.empty();
  }
}
