package io.plumbline.datasetregistry.split;

import io.plumbline.datasetregistry.item.GivenSubset;
import io.plumbline.items.ItemFile;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Reads the names of the subsets that the uploader gave to the rows of a version. */
final class GivenSubsetNames {

  static final int MAX_LISTED = 20;

  private final Set<String> names = new TreeSet<>();
  private final List<Long> without = new ArrayList<>();
  private long missing;

  private GivenSubsetNames() {}

  /**
   * @throws SplitJob.ImpossibleSplit when a row has no subset; it names the first such rows
   */
  static Set<String> read(InputStream rows) throws IOException, SplitJob.ImpossibleSplit {
    GivenSubsetNames given = new GivenSubsetNames();
    ItemFile.read(
        rows, (index, offset, item) -> given.add(index + 1L, GivenSubset.of(item.metadata())));
    if (given.missing > 0) {
      throw new SplitJob.ImpossibleSplit(given.problemText());
    }
    return given.names;
  }

  private void add(long row, Optional<String> subset) {
    subset.ifPresentOrElse(
        names::add,
        () -> {
          missing++;
          if (without.size() < MAX_LISTED) {
            without.add(row);
          }
        });
  }

  private String problemText() {
    return "%s no subset that is one of %s. "
            .formatted(describeRowsWithoutSubset(), GivenSubset.NAMES)
        + "Give each row one in its member or column subset and upload them as a new version, or"
        + " split by shares.";
  }

  /** Returns the beginning of the problem, such as {@code Rows 1, 2 and 40 more have}. */
  private String describeRowsWithoutSubset() {
    if (missing == 1) {
      return "Row " + without.getFirst() + " has";
    }
    String listed = without.stream().map(String::valueOf).collect(Collectors.joining(", "));
    long more = missing - without.size();
    if (more == 0) {
      return "Rows " + listed + " have";
    }
    return "Rows %s and %,d more have".formatted(listed, more);
  }
}
