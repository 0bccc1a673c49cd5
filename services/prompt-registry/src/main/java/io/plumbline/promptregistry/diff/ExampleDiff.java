package io.plumbline.promptregistry.diff;

import io.plumbline.prompttemplate.content.Example;
import java.util.ArrayList;
import java.util.List;

/**
 * The differences between the few-shot examples of two versions. Examples that both have do not
 * appear, even when their position changed because others were added or removed before them.
 */
public record ExampleDiff(
    List<NumberedExample> added, List<NumberedExample> removed, List<ChangedExample> changed) {

  /**
   * An example of one version.
   *
   * @param index position in its version, counted from 0
   */
  public record NumberedExample(int index, Example example) {}

  /**
   * An example that differs between the versions.
   *
   * @param fromIndex position in the older version, counted from 0
   * @param toIndex position in the newer version, counted from 0
   */
  public record ChangedExample(int fromIndex, int toIndex, Example from, Example to) {}

  static ExampleDiff between(Edits edits, List<Example> older, List<Example> newer) {
    List<NumberedExample> added = new ArrayList<>();
    List<NumberedExample> removed = new ArrayList<>();
    List<ChangedExample> changed = new ArrayList<>();
    int from = 0;
    int to = 0;
    for (Edit<Example> edit : edits.between(older, newer, Example::equals)) {
      int fromEnd = from + edit.from().size();
      int toEnd = to + edit.to().size();
      while (!edit.equal() && from < fromEnd && to < toEnd) {
        changed.add(new ChangedExample(from, to, older.get(from++), newer.get(to++)));
      }
      while (!edit.equal() && from < fromEnd) {
        removed.add(new NumberedExample(from, older.get(from++)));
      }
      while (!edit.equal() && to < toEnd) {
        added.add(new NumberedExample(to, newer.get(to++)));
      }
      from = fromEnd;
      to = toEnd;
    }
    return new ExampleDiff(added, removed, changed);
  }
}
