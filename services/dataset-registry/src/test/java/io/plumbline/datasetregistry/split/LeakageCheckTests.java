package io.plumbline.datasetregistry.split;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.plumbline.datasetregistry.row.Row;
import io.plumbline.datasetregistry.row.RowFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LeakageCheckTests {

  private static final String LONG =
      "the quick brown fox jumps over the lazy dog and runs away into the dark forest"
          + " where no hunter ever finds it again";

  @TempDir Path directory;

  private LeakageCheck.Outcome check(List<String> train, List<String> test) throws IOException {
    try (LeakageCheck check = new LeakageCheck(directory)) {
      check.add("train", subset("train", train));
      check.add("test", subset("test", test));
      return check.check();
    }
  }

  private Path subset(String name, List<String> texts) throws IOException {
    Path file = directory.resolve(name);
    try (RowFile.Writer writer = new RowFile.Writer(file)) {
      for (int i = 0; i < texts.size(); i++) {
        writer.write(new Row(name + i, texts.get(i), "x", Map.of()));
      }
    }
    return file;
  }

  @Test
  void finds_a_planted_leak_of_either_kind() throws IOException {
    LeakageCheck.Outcome outcome =
        check(List.of("a b c", LONG, "other"), List.of("A, b: C!", LONG + " today", "unrelated"));
    assertThat(outcome.pairs()).isEqualTo(2);
    assertThat(outcome.listed())
        .extracting(Leak::kind, Leak::leftRowId, Leak::rightRowId)
        .containsExactly(tuple("EXACT", "train0", "test0"), tuple("NEAR", "train1", "test1"));
  }

  @Test
  void duplicates_within_a_subset_are_not_a_leak() throws IOException {
    assertThat(check(List.of("a b c", "a b c"), List.of("d e f", "")).pairs()).isZero();
  }

  @Test
  void counts_pairs_not_groups() throws IOException {
    assertThat(check(List.of("a b c", "a b c", "x"), List.of("a b c", "A B C")).pairs())
        .isEqualTo(4);
  }
}
