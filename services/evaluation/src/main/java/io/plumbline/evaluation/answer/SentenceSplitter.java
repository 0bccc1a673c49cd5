package io.plumbline.evaluation.answer;

import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** Splits a text into sentences. */
public final class SentenceSplitter {

  private static final Pattern LINE_END = Pattern.compile("\\R");
  private static final Pattern LIST_MARK = Pattern.compile("^\\s*(?:[-*+]|\\d{1,9}[.)])\\s+");
  private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}]");

  private SentenceSplitter() {}

  /**
   * Returns the first sentences of a text that have a letter or digit, without citation marks and
   * list marks.
   *
   * @param limit the largest number of sentences
   */
  public static List<String> firstSentences(String text, int limit) {
    List<String> sentences = new ArrayList<>();
    for (String marked : LINE_END.split(CitationMarks.removeWithSpaceFrom(text), 0)) {
      String line = LIST_MARK.matcher(marked).replaceFirst("");
      BreakIterator ends = BreakIterator.getSentenceInstance(Locale.ENGLISH);
      ends.setText(line);
      int from = ends.first();
      for (int to = ends.next(); to != BreakIterator.DONE; from = to, to = ends.next()) {
        String sentence = line.substring(from, to).strip();
        if (WORD.matcher(sentence).find() && sentences.size() < limit) {
          sentences.add(sentence);
        }
      }
    }
    return sentences;
  }
}
