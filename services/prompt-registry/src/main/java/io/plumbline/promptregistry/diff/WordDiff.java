package io.plumbline.promptregistry.diff;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The words of two corresponding lines, side by side.
 *
 * @param removed the segments of the older line
 * @param added the segments of the newer line
 */
record WordDiff(List<Segment> removed, List<Segment> added) {

  static WordDiff between(
      Edits edits, List<Word> from, List<Word> to, Map<String, String> renamed) {
    Side removed = new Side();
    Side added = new Side();
    for (Edit<Word> edit :
        edits.between(from, to, (older, newer) -> older.matches(newer, renamed))) {
      if (!edit.equal()) {
        edit.from().forEach(word -> removed.add(Segment.Kind.REMOVED, word.text()));
        edit.to().forEach(word -> added.add(Segment.Kind.ADDED, word.text()));
        continue;
      }
      for (int i = 0; i < edit.from().size(); i++) {
        String older = edit.from().get(i).text();
        String newer = edit.to().get(i).text();
        Segment.Kind kind = older.equals(newer) ? Segment.Kind.EQUAL : Segment.Kind.RENAMED;
        removed.add(kind, older);
        added.add(kind, newer);
      }
    }
    return new WordDiff(removed.end(), added.end());
  }

  /** Counts the tags that differ only by the name of a renamed variable. */
  static long countRenamed(
      Edits edits, List<Word> from, List<Word> to, Map<String, String> renamed) {
    return edits.between(from, to, (older, newer) -> older.matches(newer, renamed)).stream()
        .filter(Edit::equal)
        .mapToLong(edit -> {
          long count = 0;
          for (int i = 0; i < edit.from().size(); i++) {
            if (!edit.from().get(i).text().equals(edit.to().get(i).text())) {
              count++;
            }
          }
          return count;
        })
        .sum();
  }

  /** The segments of one line. Neighbouring segments of the same kind are joined. */
  private static final class Side {

    private final List<Segment> segments = new ArrayList<>();
    private final StringBuilder text = new StringBuilder();
    private Segment.Kind last = Segment.Kind.EQUAL;

    void add(Segment.Kind kind, String word) {
      if (kind != last) {
        endSegment();
        last = kind;
      }
      text.append(word);
    }

    private void endSegment() {
      if (!text.isEmpty()) {
        segments.add(new Segment(last, text.toString()));
        text.setLength(0);
      }
    }

    List<Segment> end() {
      endSegment();
      return segments;
    }
  }
}
