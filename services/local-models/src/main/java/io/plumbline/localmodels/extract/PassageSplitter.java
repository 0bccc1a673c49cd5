package io.plumbline.localmodels.extract;

import io.plumbline.localmodels.extract.Sentence.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Divides the text of a passage into the parts that can be quoted: sentences of its paragraphs and
 * list items, rows of tables, and blocks of code. Headings are left out. It reads lines instead of
 * using a parser of Markdown, because a passage is any piece of a document and need not begin where
 * a block does.
 */
final class PassageSplitter {

  /** The most parts of a passage; what follows them is not read. */
  static final int MAX_SENTENCES = 60;

  /** The most characters of a passage; what follows them is not read. */
  static final int MAX_PASSAGE_CHARACTERS = 8_000;

  /** The most characters of a part; longer ones are divided at a line's end or white space. */
  static final int MAX_CHARACTERS = 1_000;

  private static final Pattern FENCE = Pattern.compile("\\s*(?:`{3,}[^`]*|~{3,}.*)");
  private static final Pattern HEADING = Pattern.compile(" {0,3}#{1,6}(\\s.*)?");
  private static final Pattern BULLET = Pattern.compile("\\s*(?:[-*+]|\\d{1,9}[.)])\\s+");
  private static final Pattern INDENTED = Pattern.compile("(?: {4}|\\t).*");

  private static final Pattern LINK =
      Pattern.compile("!?\\[[^\\]\\n]*]\\([^)\\n]*\\)|<https?://[^>\\s]*>");

  private static final Pattern UNDERLINE = Pattern.compile("\\s*(?:=+|-+)\\s*");

  /** The kinds of blocks that a line can be in. */
  private enum Block {
    NONE,
    PARAGRAPH,
    FENCED,
    INDENTED
  }

  /** A part that can be quoted, by its place in the text. */
  record Part(Kind kind, int start, int end) {}

  private final String text;
  private final int length;
  private final List<Part> parts = new ArrayList<>();
  private Block block = Block.NONE;
  private int start;
  private String fence = "";
  private boolean inList;

  private PassageSplitter(String text) {
    this.text = text;
    this.length = lengthRead();
  }

  private int lengthRead() {
    if (text.length() <= MAX_PASSAGE_CHARACTERS) {
      return text.length();
    }
    return characterBoundary(MAX_PASSAGE_CHARACTERS);
  }

  /** Returns the parts in their order; those beyond {@link #MAX_SENTENCES} are left out. */
  List<Part> parts() {
    return List.copyOf(parts.subList(0, Math.min(MAX_SENTENCES, parts.size())));
  }

  /** Returns whether the text was longer than what is read. */
  boolean isTruncated() {
    return parts.size() > MAX_SENTENCES || length < text.length();
  }

  static PassageSplitter of(String text) {
    PassageSplitter parts = new PassageSplitter(text);
    parts.readLines();
    return parts;
  }

  private void readLines() {
    int from = 0;
    while (from < length && parts.size() <= MAX_SENTENCES) {
      int newline = text.indexOf('\n', from);
      int to = newline < 0 ? length : Math.min(newline, length);
      readLine(text.substring(from, to), from, to);
      from = to + 1;
    }
    closeBlock(length);
  }

  private void readLine(String line, int from, int to) {
    if (block == Block.FENCED) {
      if (closesFence(line)) {
        closeBlock(to);
      }
    } else if (FENCE.matcher(line).matches()) {
      closeBlock(from);
      fence = fenceMarks(line);
      openBlock(Block.FENCED, from);
    } else if (line.isBlank()) {
      closeBlock(from);
    } else if (INDENTED.matcher(line).matches() && block != Block.PARAGRAPH && !inList) {
      if (block == Block.NONE) {
        openBlock(Block.INDENTED, from);
      }
    } else {
      readTextLine(line, from, to);
    }
  }

  private void readTextLine(String line, int from, int to) {
    if (block == Block.INDENTED) {
      closeBlock(from);
    }
    Matcher bullet = BULLET.matcher(line);
    if (line.strip().startsWith("|")) {
      closeBlock(from);
      addPart(Kind.TABLE_ROW, from, to);
    } else if (HEADING.matcher(line).matches()) {
      closeBlock(from);
      inList = false;
    } else if (UNDERLINE.matcher(line).matches()) {
      endAtUnderline(from);
    } else if (bullet.lookingAt()) {
      closeBlock(from);
      inList = true;
      openBlock(Block.PARAGRAPH, from + bullet.end());
    } else if (block == Block.NONE) {
      inList &= Character.isWhitespace(line.charAt(0));
      openBlock(Block.PARAGRAPH, from);
    }
  }

  /** Ends a block at an underline. A single line above it is a heading, which is left out. */
  private void endAtUnderline(int from) {
    boolean heading = block == Block.PARAGRAPH && text.indexOf('\n', start) == from - 1;
    if (heading) {
      block = Block.NONE;
    } else {
      closeBlock(from);
    }
  }

  private void openBlock(Block next, int from) {
    block = next;
    start = from;
  }

  private void closeBlock(int to) {
    switch (block) {
      case NONE -> {}
      case PARAGRAPH ->
          SentenceBreaks.of(text, start, to)
              .forEach(range -> addPart(Kind.PROSE, range.start(), range.end()));
      case FENCED, INDENTED -> addCode(to);
    }
    block = Block.NONE;
  }

  private void addPart(Kind kind, int from, int to) {
    int at = from;
    while (at < to) {
      int end = to - at <= MAX_CHARACTERS ? to : breakBefore(at, at + MAX_CHARACTERS);
      // The first line of indented code keeps its indentation.
      int first = kind == Kind.CODE ? at : afterSpace(at, end);
      int last = beforeSpace(first, end);
      String words = text.substring(first, last);
      if (hasWords(words)) {
        boolean links = kind == Kind.PROSE && !hasWords(LINK.matcher(words).replaceAll(""));
        parts.add(new Part(links ? Kind.LINKS : kind, first, last));
      }
      at = end;
    }
  }

  /** Adds code, joined with the sentence that leads to it. */
  private void addCode(int to) {
    Part before = parts.isEmpty() ? null : parts.getLast();
    if (before != null
        && before.kind == Kind.PROSE
        && text.charAt(before.end - 1) == ':'
        && text.substring(before.end, start).isBlank()
        && to - before.start <= MAX_CHARACTERS) {
      parts.removeLast();
      addPart(Kind.CODE, before.start, to);
    } else {
      addPart(Kind.CODE, start, to);
    }
  }

  private static boolean hasWords(String text) {
    return text.codePoints().anyMatch(Character::isLetterOrDigit);
  }

  private int afterSpace(int from, int to) {
    int at = from;
    while (at < to && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
    return at;
  }

  private int beforeSpace(int from, int to) {
    int at = to;
    while (at > from && Character.isWhitespace(text.charAt(at - 1))) {
      at--;
    }
    return at;
  }

  private int breakBefore(int from, int limit) {
    int line = text.lastIndexOf('\n', limit - 1);
    if (line > from) {
      return line;
    }
    for (int i = limit - 1; i > from; i--) {
      if (Character.isWhitespace(text.charAt(i))) {
        return i;
      }
    }
    return characterBoundary(limit);
  }

  /** Returns a place, or the one before it when it lies within a character of two code units. */
  private int characterBoundary(int place) {
    return Character.isHighSurrogate(text.charAt(place - 1)) ? place - 1 : place;
  }

  private static String fenceMarks(String line) {
    String stripped = line.strip();
    int end = 0;
    while (end < stripped.length() && stripped.charAt(end) == stripped.charAt(0)) {
      end++;
    }
    return stripped.substring(0, end);
  }

  private boolean closesFence(String line) {
    String stripped = line.strip();
    return stripped.startsWith(fence) && stripped.equals(fenceMarks(line));
  }
}
