package io.plumbline.promptregistry.diff;

import com.github.difflib.DiffUtils;
import com.github.difflib.algorithm.myers.MyersDiffWithLinearSpace;
import com.github.difflib.patch.AbstractDelta;
import com.github.difflib.patch.DeltaType;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiPredicate;
import java.util.stream.Stream;

/**
 * One step from one list to another: elements that both have, or elements of the first that give
 * way to elements of the second.
 */
record Edit<T>(boolean equal, List<T> from, List<T> to) {

  /**
   * A shortest edit takes time in proportion to length times differences (Myers, "An O(ND)
   * difference algorithm", 1986). Two texts that share next to nothing are not compared beyond this
   * product of their lengths.
   */
  private static final long MAX_COMPARISONS = 4_000_000;

  /** The steps of a shortest edit, in order; together they cover both lists. */
  static <T> List<Edit<T>> between(List<T> from, List<T> to, BiPredicate<T, T> same) {
    int head = 0;
    while (head < Math.min(from.size(), to.size()) && same.test(from.get(head), to.get(head))) {
      head++;
    }
    int tail = 0;
    while (tail < Math.min(from.size(), to.size()) - head
        && same.test(from.get(from.size() - 1 - tail), to.get(to.size() - 1 - tail))) {
      tail++;
    }
    List<Edit<T>> edits = new ArrayList<>();
    add(edits, new Edit<>(true, from.subList(0, head), to.subList(0, head)));
    edits.addAll(
        middle(from.subList(head, from.size() - tail), to.subList(head, to.size() - tail), same));
    add(
        edits,
        new Edit<>(
            true,
            from.subList(from.size() - tail, from.size()),
            to.subList(to.size() - tail, to.size())));
    return edits;
  }

  private static <T> List<Edit<T>> middle(List<T> from, List<T> to, BiPredicate<T, T> same) {
    List<Edit<T>> edits = new ArrayList<>();
    if (from.isEmpty() || to.isEmpty() || (long) from.size() * to.size() > MAX_COMPARISONS) {
      add(edits, new Edit<>(false, from, to));
      return edits;
    }
    for (AbstractDelta<T> delta :
        DiffUtils.diff(from, to, new MyersDiffWithLinearSpace<>(same), null, true).getDeltas()) {
      add(
          edits,
          new Edit<>(
              delta.getType() == DeltaType.EQUAL,
              delta.getSource().getLines(),
              delta.getTarget().getLines()));
    }
    return edits;
  }

  /** Takes a deletion beside an insertion for one replacement. */
  private static <T> void add(List<Edit<T>> edits, Edit<T> edit) {
    if (edit.from.isEmpty() && edit.to.isEmpty()) {
      return;
    }
    if (edit.equal || edits.isEmpty() || edits.getLast().equal) {
      edits.add(edit);
    } else {
      Edit<T> last = edits.removeLast();
      edits.add(new Edit<>(false, joined(last.from, edit.from), joined(last.to, edit.to)));
    }
  }

  private static <T> List<T> joined(List<T> one, List<T> other) {
    return Stream.concat(one.stream(), other.stream()).toList();
  }
}
