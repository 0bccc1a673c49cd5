package io.plumbline.promptregistry.rendering;

import java.io.Writer;
import java.time.Duration;

/**
 * Bounds what one rendering may cost. Nested sections over lists can ask for any amount of text or
 * time, so both the output and every step of an iteration draw from the budget.
 */
final class RenderBudget extends Writer {

  static final int MAX_CHARACTERS = 1 << 20;
  static final Duration MAX_TIME = Duration.ofMillis(50);

  private final StringBuilder text = new StringBuilder();
  private final long started = System.nanoTime();

  /** The budget is spent. */
  static final class Exceeded extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Exceeded(String message) {
      super(message);
    }
  }

  void step() {
    if (System.nanoTime() - started > MAX_TIME.toNanos()) {
      throw new Exceeded(
          "Rendering takes more than %d ms; nest fewer sections or pass shorter lists"
              .formatted(MAX_TIME.toMillis()));
    }
  }

  @Override
  public void write(char[] characters, int offset, int length) {
    step();
    if (text.length() + length > MAX_CHARACTERS) {
      throw new Exceeded(
          "The text grows beyond %d characters; pass shorter values".formatted(MAX_CHARACTERS));
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
