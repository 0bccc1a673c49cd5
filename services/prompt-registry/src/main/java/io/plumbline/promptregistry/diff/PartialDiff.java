package io.plumbline.promptregistry.diff;

import io.plumbline.prompttemplate.content.Partial;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The difference between the partials that two versions include by the same name.
 *
 * @param fromDigest absent when the older version includes nothing by this name
 * @param toDigest absent when the newer version includes nothing by this name
 * @param changed whether the digests differ, which nested partials can cause, too
 * @param lines the lines of the partial's own text
 */
public record PartialDiff(
    String name,
    @Nullable String fromDigest,
    @Nullable String toDigest,
    boolean changed,
    List<DiffLine> lines) {

  static List<PartialDiff> between(
      Edits edits, Map<String, Partial> older, Map<String, Partial> newer) {
    TreeSet<String> names = new TreeSet<>(older.keySet());
    names.addAll(newer.keySet());
    List<PartialDiff> found = new ArrayList<>();
    for (String name : names) {
      Partial from = older.get(name);
      Partial to = newer.get(name);
      String fromDigest = from == null ? null : from.digest();
      String toDigest = to == null ? null : to.digest();
      found.add(
          new PartialDiff(
              name,
              fromDigest,
              toDigest,
              !Objects.equals(fromDigest, toDigest),
              LineDiff.between(edits, linesOf(from), linesOf(to), Map.of())));
    }
    return List.copyOf(found);
  }

  private static List<List<Word>> linesOf(@Nullable Partial partial) {
    if (partial == null) {
      return List.of();
    }
    return Word.linesOf(partial.text());
  }
}
