package io.plumbline.promptregistry.diff;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A unified diff of two texts, with all of their lines. */
final class LineDiff {

  private final Edits edits;
  private final Map<String, String> renamed;
  private final List<DiffLine> lines = new ArrayList<>();
  private int fromLine;
  private int toLine;

  private LineDiff(Edits edits, Map<String, String> renamed) {
    this.edits = edits;
    this.renamed = renamed;
  }

  static List<DiffLine> between(
      Edits edits, List<List<Word>> from, List<List<Word>> to, Map<String, String> renamed) {
    LineDiff diff = new LineDiff(edits, renamed);
    edits.between(from, to, diff::sameLine).forEach(diff::addEdit);
    return List.copyOf(diff.lines);
  }

  private boolean sameLine(List<Word> older, List<Word> newer) {
    if (older.size() != newer.size()) {
      return false;
    }
    for (int i = 0; i < older.size(); i++) {
      if (!older.get(i).matches(newer.get(i), renamed)) {
        return false;
      }
    }
    return true;
  }

  private void addEdit(Edit<List<Word>> edit) {
    if (!edit.equal()) {
      addReplacement(edit.from(), edit.to());
      return;
    }
    for (int i = 0; i < edit.from().size(); i++) {
      String text = textOf(edit.from().get(i));
      if (text.equals(textOf(edit.to().get(i)))) {
        lines.add(new DiffLine(DiffLine.Kind.EQUAL, ++fromLine, ++toLine, text, List.of()));
      } else {
        addReplacement(List.of(edit.from().get(i)), List.of(edit.to().get(i)));
      }
    }
  }

  private void addReplacement(List<List<Word>> from, List<List<Word>> to) {
    List<DiffLine> added = new ArrayList<>();
    for (int i = 0; i < Math.max(from.size(), to.size()); i++) {
      WordDiff words = wordDiff(from, to, i);
      if (i < from.size()) {
        lines.add(
            new DiffLine(
                DiffLine.Kind.REMOVED, ++fromLine, null, textOf(from.get(i)), words.removed()));
      }
      if (i < to.size()) {
        added.add(
            new DiffLine(DiffLine.Kind.ADDED, null, ++toLine, textOf(to.get(i)), words.added()));
      }
    }
    lines.addAll(added);
  }

  private WordDiff wordDiff(List<List<Word>> from, List<List<Word>> to, int index) {
    if (index < from.size() && index < to.size()) {
      return WordDiff.between(edits, from.get(index), to.get(index), renamed);
    }
    return new WordDiff(List.of(), List.of());
  }

  private static String textOf(List<Word> line) {
    return line.stream().map(Word::text).collect(Collectors.joining());
  }
}
