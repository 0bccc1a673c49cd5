package io.plumbline.localmodels.extract;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds where the sentences of a paragraph end. {@link java.text.BreakIterator} is not used: it
 * ends them after abbreviations and inside code, and joins those that begin with the name of a
 * command in lower case.
 */
final class SentenceBreaks {

  /** A part of a text, without the white space around it. */
  record Range(int start, int end) {}

  /** The abbreviations after which no sentence ends. */
  private static final Set<String> ABBREVIATIONS =
      Set.of(
          "e.g", "i.e", "cf", "vs", "mr", "mrs", "ms", "dr", "prof", "st", "no", "fig", "approx",
          "resp", "incl", "eq", "sec", "vol", "pp");

  /** The abbreviations after which no sentence ends before a word in lower case. */
  private static final Set<String> ABBREVIATIONS_AT_AN_END =
      Set.of("etc", "inc", "ltd", "corp", "co", "jr", "sr", "al", "a.m", "p.m", "u.s");

  private static final String ENDS = ".!?\u2026";
  private static final String ENDS_WITHOUT_SPACE = "\u3002\uff01\uff1f\uff61";

  /** The text that belongs to a sentence after its mark: marks, quotes, brackets, footnotes. */
  private static final Pattern CLOSING =
      Pattern.compile("(?:[.!?\u2026\"'\u2019\u201d\u00bb)\\]}*_`]|\\[\\d{1,3}])*+");

  private SentenceBreaks() {}

  /** Returns the sentences between two places of a text. */
  static List<Range> of(String text, int from, int to) {
    List<Range> sentences = new ArrayList<>();
    int start = from;
    int at = from;
    while (at < to) {
      char c = text.charAt(at);
      if (c == '`') {
        at = endOfCodeSpan(text, at, to);
        continue;
      }
      at++;
      if (ENDS.indexOf(c) >= 0 || ENDS_WITHOUT_SPACE.indexOf(c) >= 0) {
        int end = skipClosingMarks(text, at, to);
        if (ENDS_WITHOUT_SPACE.indexOf(c) >= 0 || isEnd(text, start, at - 1, end, to)) {
          add(sentences, text, start, end);
          start = end;
        }
        at = end;
      }
    }
    add(sentences, text, start, to);
    return sentences;
  }

  /** Adds a range without the white space around it, unless nothing is left. */
  private static void add(List<Range> ranges, String text, int from, int to) {
    int start = from;
    int end = to;
    while (start < end && Character.isWhitespace(text.charAt(start))) {
      start++;
    }
    while (start < end && Character.isWhitespace(text.charAt(end - 1))) {
      end--;
    }
    if (start < end) {
      ranges.add(new Range(start, end));
    }
  }

  /**
   * Returns the place after a span of code. A span ends with as many backticks as it began with;
   * without those, the backticks are just text, and the place after the opening ones is returned.
   * Each number of backticks can fail to recur only once, which bounds the time.
   */
  private static int endOfCodeSpan(String text, int at, int to) {
    int open = at;
    while (open < to && text.charAt(open) == '`') {
      open++;
    }
    int ticks = open - at;
    int run = 0;
    for (int i = open; i < to; i++) {
      if (text.charAt(i) == '`') {
        run++;
      } else {
        if (run == ticks) {
          return i;
        }
        run = 0;
      }
    }
    return run == ticks ? to : open;
  }

  private static int skipClosingMarks(String text, int at, int to) {
    Matcher closing = CLOSING.matcher(text).region(at, to);
    return closing.lookingAt() ? closing.end() : at;
  }

  private static boolean isEnd(String text, int start, int mark, int end, int to) {
    if (end == to) {
      return true;
    }
    if (!Character.isWhitespace(text.charAt(end))) {
      return false;
    }
    return text.charAt(mark) != '.' || !isAbbreviation(text, start, mark, end, to);
  }

  private static boolean isAbbreviation(String text, int start, int mark, int end, int to) {
    int from = mark;
    while (from > start
        && (Character.isLetter(text.charAt(from - 1)) || text.charAt(from - 1) == '.')) {
      from--;
    }
    String word = text.substring(from, mark);
    String lower = word.toLowerCase(Locale.ROOT);
    boolean initial = word.length() == 1 && Character.isUpperCase(word.charAt(0));
    return initial
        || ABBREVIATIONS.contains(lower)
        || (ABBREVIATIONS_AT_AN_END.contains(lower) && isLowerCaseNext(text, end, to));
  }

  private static boolean isLowerCaseNext(String text, int end, int to) {
    int next = end;
    while (next < to && Character.isWhitespace(text.charAt(next))) {
      next++;
    }
    return next < to && Character.isLowerCase(text.charAt(next));
  }
}
