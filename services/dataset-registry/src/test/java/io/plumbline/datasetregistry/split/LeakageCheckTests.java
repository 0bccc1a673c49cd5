package io.plumbline.datasetregistry.split;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.plumbline.items.Item;
import io.plumbline.items.ItemFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
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
      return check.findLeaks();
    }
  }

  private Path subset(String name, List<String> texts) throws IOException {
    Path file = directory.resolve(name);
    try (ItemFile.Writer writer = new ItemFile.Writer(file)) {
      for (int i = 0; i < texts.size(); i++) {
        writer.write(Item.ofText(name + i, texts.get(i), "x"));
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
        .extracting(Leak::kind, Leak::leftItemId, Leak::rightItemId)
        .containsExactly(tuple("EXACT", "train0", "test0"), tuple("NEAR", "train1", "test1"));
  }

  @Test
  void finds_a_prompt_that_is_in_two_subsets_with_other_answers() throws IOException {
    try (LeakageCheck check = new LeakageCheck(directory)) {
      for (String name : List.of("train", "test")) {
        Path file = directory.resolve(name);
        try (ItemFile.Writer writer = new ItemFile.Writer(file)) {
          writer.write(
              ItemFile.read(
                  """
                  {"itemId":"%1$s","input":{"messages":[{"role":"user","content":"Where?"}]},\
                  "expected":{"chosen":{"role":"assistant","content":"chosen for %1$s"},\
                  "rejected":{"role":"assistant","content":"rejected for %1$s"}}}\
                  """
                      .formatted(name)));
        }
        check.add(name, file);
      }

      assertThat(check.findLeaks().listed())
          .extracting(Leak::kind, Leak::leftItemId, Leak::rightItemId)
          .containsExactly(tuple("EXACT", "train", "test"));
    }
  }

  @Test
  void finds_a_row_that_is_padded_or_inside_a_longer_one() throws IOException {
    LeakageCheck.Outcome outcome =
        check(
            List.of("other", LONG.replace(" ", " filler ")),
            List.of(LONG, "some words that stand before it ".repeat(20) + LONG));
    assertThat(outcome.listed())
        .extracting(Leak::kind, Leak::leftItemId, Leak::rightItemId)
        .containsExactly(tuple("NEAR", "train1", "test0"), tuple("NEAR", "train1", "test1"));
  }

  @Test
  void finds_a_row_without_spaces_inside_a_longer_one() throws IOException {
    String item =
        "\u6211\u4eca\u5929\u65e9\u4e0a\u7528\u94f6\u884c\u5361\u4ed8\u6b3e\u4e24\u6b21\u90fd\u88ab\u62d2\u7edd\u4e86"
            + "\u4f46\u662f\u8d26\u6237\u91cc\u8fd8\u6709\u94b1";
    assertThat(
            check(
                    List.of(
                        "\u8f6c\u53d1\u7684\u90ae\u4ef6\u5185\u5bb9\u5982\u4e0b".repeat(5) + item),
                    List.of(item))
                .pairs())
        .isEqualTo(1);
  }

  @Test
  void duplicates_within_a_subset_are_not_a_leak() throws IOException {
    assertThat(check(List.of("a b c", "a b c"), List.of("d e f", "")).pairs()).isZero();
  }

  @Test
  void a_leak_among_three_subsets_is_named_by_those_of_its_rows() throws IOException {
    try (LeakageCheck check = new LeakageCheck(directory)) {
      check.add("test", subset("test", List.of("one", "a b c")));
      check.add("train", subset("train", List.of("two", "three")));
      check.add("validation", subset("validation", List.of("four", "a b c")));

      assertThat(check.findLeaks().listed())
          .containsExactly(new Leak("EXACT", "test", "test1", "validation", "validation1", 1));
    }
  }

  @Test
  void counts_pairs_not_groups() throws IOException {
    assertThat(check(List.of("a b c", "a b c", "x"), List.of("a b c", "A B C")).pairs())
        .isEqualTo(4);
  }
}
