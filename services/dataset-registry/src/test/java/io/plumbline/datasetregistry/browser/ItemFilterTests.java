package io.plumbline.datasetregistry.browser;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.items.Item;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ItemFilterTests {

  private static final Item SPAM = Item.ofText("a1", "Win a PRIZE from <EMAIL>", "spam");

  @Test
  void selects_by_the_expected_label() {
    assertThat(new ItemFilter("spam", null, null, null).selects(SPAM)).isTrue();
    assertThat(new ItemFilter("ham", null, null, null).selects(SPAM)).isFalse();
    assertThat(new ItemFilter("ham", null, null, null).selects(Item.ofText("a2", "Hi", null)))
        .isFalse();
  }

  @Test
  void selects_by_id() {
    assertThat(new ItemFilter(null, Set.of("a1", "a2"), null, null).selects(SPAM)).isTrue();
    assertThat(new ItemFilter(null, Set.of(), null, null).selects(SPAM)).isFalse();
  }

  @Test
  void finds_a_text_in_any_case_and_a_placeholder_too() {
    assertThat(new ItemFilter(null, null, null, "Prize").matchesText(SPAM)).isTrue();
    assertThat(new ItemFilter(null, null, null, "<email>").matchesText(SPAM)).isTrue();
    assertThat(new ItemFilter(null, null, null, "lottery").matchesText(SPAM)).isFalse();
  }

  @Test
  void selects_all_only_when_nothing_is_asked_for() {
    assertThat(new ItemFilter(null, null, null, null).selectsAll()).isTrue();
    assertThat(new ItemFilter(null, Set.of(), null, null).selectsAll()).isFalse();
  }
}
