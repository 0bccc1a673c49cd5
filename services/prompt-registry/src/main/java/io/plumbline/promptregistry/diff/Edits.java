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
 * Finds shortest edits (Myers, "An O(ND) difference algorithm", 1986) within a budget: texts that
 * share next to nothing take time in proportion to the product of their lengths. Texts beyond the
 * budget are not compared but shown as replaced.
 */
final class Edits {

  private static final long MAX_COMPARISONS = 20_000_000;

  private long left = MAX_COMPARISONS;

  /** Returns the steps of a shortest edit, in order; together they cover both lists. */
  <T> List<Edit<T>> between(List<T> from, List<T> to, BiPredicate<T, T> same) {
    int shorter = Math.min(from.size(), to.size());
    int head = 0;
    while (head < shorter && same.test(from.get(head), to.get(head))) {
      head++;
    }
    int tail = 0;
    while (tail < shorter - head
        && same.test(from.get(from.size() - 1 - tail), to.get(to.size() - 1 - tail))) {
      tail++;
    }
    int fromEnd = from.size() - tail;
    int toEnd = to.size() - tail;
    List<Edit<T>> edits = new ArrayList<>();
    addEdit(edits, new Edit<>(true, from.subList(0, head), to.subList(0, head)));
    diffMiddle(edits, from.subList(head, fromEnd), to.subList(head, toEnd), same);
    addEdit(
        edits, new Edit<>(true, from.subList(fromEnd, from.size()), to.subList(toEnd, to.size())));
    return edits;
  }

  private <T> void diffMiddle(
      List<Edit<T>> edits, List<T> from, List<T> to, BiPredicate<T, T> same) {
    long comparisons = (long) from.size() * to.size();
    if (comparisons == 0 || comparisons > left) {
      addEdit(edits, new Edit<>(false, from, to));
      return;
    }
    left -= comparisons;
    for (AbstractDelta<T> delta :
        DiffUtils.diff(from, to, new MyersDiffWithLinearSpace<>(same), null, true).getDeltas()) {
      addEdit(
          edits,
          new Edit<>(
              delta.getType() == DeltaType.EQUAL,
              delta.getSource().getLines(),
              delta.getTarget().getLines()));
    }
  }

  /** Adds an edit. A deletion and an insertion side by side become one replacement. */
  private static <T> void addEdit(List<Edit<T>> edits, Edit<T> edit) {
    if (edit.from().isEmpty() && edit.to().isEmpty()) {
      return;
    }
    if (edit.equal() || edits.isEmpty() || edits.getLast().equal()) {
      edits.add(edit);
    } else {
      Edit<T> last = edits.removeLast();
      edits.add(
          new Edit<>(
              false, concatenated(last.from(), edit.from()), concatenated(last.to(), edit.to())));
    }
  }

  private static <T> List<T> concatenated(List<T> one, List<T> other) {
    return Stream.concat(one.stream(), other.stream()).toList();
  }
}
