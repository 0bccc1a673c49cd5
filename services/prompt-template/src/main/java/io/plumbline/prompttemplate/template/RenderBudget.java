package io.plumbline.prompttemplate.template;

import java.io.Writer;

/**
 * Bounds the cost of one rendering. Nested sections over lists can multiply text and time without
 * limit, so both output and steps are counted. The bound is the same on every machine and under any
 * load, which a time limit would not be.
 */
final class RenderBudget extends Writer {

  static final int MAX_CHARACTERS = 1 << 20;

  /** The most written pieces and entered sections together, which take about 20 ms. */
  static final int MAX_STEPS = 200_000;

  private final StringBuilder text = new StringBuilder();
  private int steps;

  /** Thrown when a rendering exceeds its budget. */
  static final class Exceeded extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Exceeded(String message) {
      super(message);
    }
  }

  void countStep() {
    steps++;
    if (steps > MAX_STEPS) {
      throw new Exceeded(
          "Rendering takes more than %d steps; nest fewer sections or pass shorter lists"
              .formatted(MAX_STEPS));
    }
  }

  @Override
  public void write(char[] characters, int offset, int length) {
    countStep();
    if (text.length() + length > MAX_CHARACTERS) {
      throw new Exceeded(
          "The rendered text has more than %d characters; pass shorter values"
              .formatted(MAX_CHARACTERS));
    }
    text.append(characters, offset, length);
  }

  @Override
  public void flush() {}

  @Override
  public void close() {}

  String text() {
    return text.toString();
  }
}
