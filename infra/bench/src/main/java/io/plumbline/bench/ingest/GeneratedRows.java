package io.plumbline.bench.ingest;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Random;

/**
 * JSON Lines of any length. Each line has the same number of bytes, so that the length of a file is
 * known before its lines are made. As in a language, some words of the texts are frequent and most
 * are rare; now and then a text has an address for the scanner to find.
 */
final class GeneratedRows {

  static final int ROW = 1_024;

  private static final int WORDS = 60_000;
  private static final int LABELS = 8;

  /** Kinds of datasets, in their own words. */
  enum Kind {
    CLASSIFICATION("{\"text\":\"%s\",\"label\":\"%s\"}"),
    CHAT(
        "{\"input\":{\"messages\":[{\"role\":\"user\",\"content\":\"%s\"}]},\"expected\":{\"references\":[\"%s\"]}}"),
    DOCUMENTS("{\"document\":{\"text\":\"%s\",\"documentId\":\"%s\"}}");

    private final String line;

    Kind(String line) {
      this.line = line;
    }
  }

  private final Kind kind;
  private final Random random = new Random(7);
  private long row;

  GeneratedRows(Kind kind) {
    this.kind = kind;
  }

  /** Returns the next lines, to be sent one after the other. */
  byte[] nextLines(int rows) {
    byte[] lines = new byte[rows * ROW];
    for (int i = 0; i < rows; i++) {
      byte[] line = line().getBytes(StandardCharsets.US_ASCII);
      System.arraycopy(line, 0, lines, i * ROW, ROW - 1);
      lines[(i + 1) * ROW - 1] = '\n';
    }
    return lines;
  }

  private String line() {
    long number = row++;
    String second =
        kind == Kind.CLASSIFICATION ? "label-" + number % LABELS : "page-" + number + ".md";
    int room = ROW - 1 - kind.line.formatted("", second).length();
    StringBuilder text = new StringBuilder(room + 16);
    if (number % 50 == 0) {
      text.append("Write to person").append(number).append("@example.org. ");
    }
    while (text.length() < room) {
      text.append(word()).append(' ');
    }
    text.setLength(room);
    return kind.line.formatted(text, second);
  }

  /** Returns a random word by Zipf's law: the chance of a word falls with its rank. */
  private String word() {
    int rank = (int) Math.exp(random.nextDouble() * Math.log(WORDS));
    return Integer.toString(rank * 7_919 + 50_000, Character.MAX_RADIX).toLowerCase(Locale.ROOT);
  }
}
