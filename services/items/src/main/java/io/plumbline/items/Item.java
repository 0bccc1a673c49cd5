package io.plumbline.items;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * A case of a dataset: a row of a version or of a split's subset, or a case of a test.
 *
 * @param itemId derived from the content of the input, so that an item keeps it from version to
 *     version
 * @param metadata what else was uploaded with it; empty in subsets
 */
@JsonPropertyOrder({"itemId", "input", "expected", "metadata"})
public record Item(
    String itemId,
    Input input,
    Expected expected,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) Map<String, Object> metadata) {

  public Item(
      String itemId,
      Input input,
      @Nullable Expected expected,
      @Nullable Map<String, Object> metadata) {
    this.itemId = Objects.requireNonNull(itemId, "an item has an id");
    this.input = Objects.requireNonNull(input, "an item has an input");
    this.expected = Objects.requireNonNullElse(expected, Expected.NOTHING);
    this.metadata = Objects.requireNonNullElse(metadata, Map.of());
  }

  /** Returns the item of a text with its label; the label is null in datasets without labels. */
  public static Item ofText(String itemId, String text, @Nullable String label) {
    return new Item(itemId, Input.ofText(text), Expected.ofLabel(label), Map.of());
  }

  /** Returns the item as a split contains it: without metadata. */
  public Item withoutMetadata() {
    return new Item(itemId, input, expected, Map.of());
  }

  /**
   * Returns everything that the input says, for comparing items and for models that read one text.
   * For a preference both answers follow it, since several preferences may share one input.
   */
  public String text() {
    ObjectNode chosen = expected.chosen();
    ObjectNode rejected = expected.rejected();
    if (chosen == null || rejected == null) {
      return input.text();
    }
    List<String> texts = new ArrayList<>(List.of(input.text()));
    Input.addTexts(chosen, texts);
    Input.addTexts(rejected, texts);
    return String.join("\n", texts);
  }

  /** Returns the label that an answer must have; empty for items that are not labelled. */
  public Optional<String> label() {
    return Optional.ofNullable(expected.label());
  }
}
