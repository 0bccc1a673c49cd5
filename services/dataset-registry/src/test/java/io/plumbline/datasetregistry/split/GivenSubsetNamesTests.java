package io.plumbline.datasetregistry.split;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plumbline.items.Input;
import io.plumbline.items.Item;
import io.plumbline.items.ItemFile;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.util.Collections;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GivenSubsetNamesTests {

  @Test
  void the_subsets_are_those_that_the_rows_have() throws Exception {
    assertThat(GivenSubsetNames.read(rows("train", "test", "train")))
        .containsExactly("test", "train");
  }

  @Test
  void rows_without_a_subset_are_named() {
    assertThatThrownBy(() -> GivenSubsetNames.read(rows("train", "", "test", "holdout")))
        .hasMessageStartingWith(
            "Rows 2, 4 have no subset that is one of [train, validation, test]. Give each row one");
    assertThatThrownBy(() -> GivenSubsetNames.read(rows("train", "")))
        .hasMessageStartingWith("Row 2 has no subset");
    assertThatThrownBy(() ->
            GivenSubsetNames.read(rows(Collections.nCopies(1_030, "").toArray(String[]::new))))
        .hasMessageContaining(", 19, 20 and 1,010 more have no subset");
  }

  /**
   * Returns a file of rows.
   *
   * @param subsets the subset of each row; empty for none
   */
  private static InputStream rows(String... subsets) {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    for (String subset : subsets) {
      file.writeBytes(
          ItemFile.toJsonBytes(
              new Item("-", Input.ofText("a"), null, Map.<String, Object>of("subset", subset))));
      file.write('\n');
    }
    return new ByteArrayInputStream(file.toByteArray());
  }
}
