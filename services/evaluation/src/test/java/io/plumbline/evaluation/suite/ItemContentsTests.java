package io.plumbline.evaluation.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.plumbline.contracts.Digest;
import io.plumbline.evaluation.metric.Perturbation;
import io.plumbline.evaluation.suite.Sampling.Drawn;
import io.plumbline.items.Item;
import io.plumbline.platform.problem.Problem;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ItemContentsTests {

  /** Returns the texts as items, unchanged first and then each in lower case. */
  private static List<SuiteItem> items(String... texts) {
    List<Drawn> drawn = new ArrayList<>();
    for (int i = 0; i < texts.length; i++) {
      drawn.add(new Drawn("i" + i, Perturbation.NONE, "spam"));
    }
    for (int i = 0; i < texts.length; i++) {
      drawn.add(new Drawn("i" + i, Perturbation.LOWER_CASE, "spam"));
    }
    ItemContents contents = new ItemContents(drawn);
    for (int i = 0; i < texts.length; i++) {
      contents.addItem(Item.ofText("i" + i, texts[i], "spam"));
    }
    contents.addItem(Item.ofText("other", "not drawn", "spam"));
    return contents.suiteItems(drawn);
  }

  @Test
  void an_item_that_a_perturbation_leaves_as_it_is_is_left_out() {
    List<SuiteItem> items = items("Win", "lose", "Draw");
    assertThat(items).extracting(SuiteItem::itemId).containsExactly("i0", "i1", "i2", "i0", "i2");
    assertThat(items).extracting(SuiteItem::ordinal).containsExactly(0, 1, 2, 3, 4);
  }

  @Test
  void a_perturbation_that_changes_almost_nothing_is_refused_with_its_figures() {
    assertThatExceptionOfType(Problem.class)
        .isThrownBy(() -> items("no capital", "none here", "Yes"))
        .satisfies(problem -> {
          assertThat(problem.type()).isEqualTo(SuiteProblem.NOT_MEASURABLE);
          assertThat(problem.body().getProperties())
              .extractingByKey("errors")
              .asString()
              .contains("LOWER_CASE changes 1 of 3 texts, fewer than 50%");
        });
  }

  @Test
  void what_looks_the_same_is_the_same_content() {
    Digest digest = ItemContents.contentDigest("Reset my PIN");
    assertThat(ItemContents.contentDigest("Re\u200bset m\u00ady P\ufe0fIN\u200e"))
        .isEqualTo(digest);
    assertThat(ItemContents.contentDigest("\uff32\uff45\uff53\uff45\uff54 my PIN"))
        .isEqualTo(digest);
    assertThat(ItemContents.contentDigest("\u6211\u60f3 \u6362\u5361"))
        .isEqualTo(ItemContents.contentDigest("\u6211\u60f3\u6362\u5361"));
  }

  @Test
  void case_and_punctuation_make_no_other_content() {
    assertThat(ItemContents.contentDigest("Win money!"))
        .isEqualTo(ItemContents.contentDigest("win  MONEY"));
    assertThat(ItemContents.contentDigest("Win money"))
        .isNotEqualTo(ItemContents.contentDigest("win"));
    assertThat(ItemContents.contentDigest("!")).isNotEqualTo(ItemContents.contentDigest("?"));
  }
}
