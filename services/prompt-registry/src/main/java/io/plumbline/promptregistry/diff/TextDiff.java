package io.plumbline.promptregistry.diff;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A shortest edit between two texts by longest common subsequence (Wagner and Fischer, 1974), after
 * common beginnings and ends are set aside. What remains of two texts that share next to nothing
 * may be too large to compare; it is then shown as replaced.
 */
final class TextDiff {

  private static final long MAX_CELLS = 4_000_000;

  private final List<Word> from;
  private final List<Word> to;
  private final Map<String, String> renamed;
  private final List<Segment> segments = new ArrayList<>();
  private final StringBuilder run = new StringBuilder();
  private Segment.Op op = Segment.Op.EQUAL;
  private int renames;

  private TextDiff(List<Word> from, List<Word> to, Map<String, String> renamed) {
    this.from = from;
    this.to = to;
    this.renamed = renamed;
  }

  static List<Segment> between(List<Word> from, List<Word> to, Map<String, String> renamed) {
    return new TextDiff(from, to, renamed).compare();
  }

  /** How many tags differ by the renamed variable alone. */
  static int renames(List<Word> from, List<Word> to, Map<String, String> renamed) {
    TextDiff diff = new TextDiff(from, to, renamed);
    diff.compare();
    return diff.renames;
  }

  private List<Segment> compare() {
    int start = 0;
    while (start < from.size() && start < to.size() && same(start, start)) {
      keep(start, start);
      start++;
    }
    int fromEnd = from.size();
    int toEnd = to.size();
    while (fromEnd > start && toEnd > start && same(fromEnd - 1, toEnd - 1)) {
      fromEnd--;
      toEnd--;
    }
    middle(start, fromEnd, toEnd);
    for (int i = 0; fromEnd + i < from.size(); i++) {
      keep(fromEnd + i, toEnd + i);
    }
    flush();
    return List.copyOf(segments);
  }

  private void middle(int start, int fromEnd, int toEnd) {
    int rows = fromEnd - start;
    int columns = toEnd - start;
    if ((long) rows * columns > MAX_CELLS) {
      from.subList(start, fromEnd).forEach(word -> add(Segment.Op.DELETE, word.text()));
      to.subList(start, toEnd).forEach(word -> add(Segment.Op.INSERT, word.text()));
      return;
    }
    int[][] common = new int[rows + 1][columns + 1];
    for (int i = rows - 1; i >= 0; i--) {
      for (int j = columns - 1; j >= 0; j--) {
        common[i][j] =
            same(start + i, start + j)
                ? common[i + 1][j + 1] + 1
                : Math.max(common[i + 1][j], common[i][j + 1]);
      }
    }
    int i = 0;
    int j = 0;
    while (i < rows || j < columns) {
      if (i < rows && j < columns && same(start + i, start + j)) {
        keep(start + i++, start + j++);
      } else if (j == columns || (i < rows && common[i + 1][j] >= common[i][j + 1])) {
        add(Segment.Op.DELETE, from.get(start + i++).text());
      } else {
        add(Segment.Op.INSERT, to.get(start + j++).text());
      }
    }
  }

  private boolean same(int older, int newer) {
    return from.get(older).same(to.get(newer), renamed);
  }

  private void keep(int older, int newer) {
    boolean rename = !from.get(older).text().equals(to.get(newer).text());
    renames += rename ? 1 : 0;
    add(rename ? Segment.Op.RENAME : Segment.Op.EQUAL, to.get(newer).text());
  }

  private void add(Segment.Op next, String text) {
    if (next != op) {
      flush();
      op = next;
    }
    run.append(text);
  }

  private void flush() {
    if (!run.isEmpty()) {
      segments.add(new Segment(op, run.toString()));
      run.setLength(0);
    }
  }
}
