package io.plumbline.datasetregistry.row;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One row of a version or of a split's subset.
 *
 * @param label absent for datasets without labels
 * @param metadata the upload's other columns; absent in subsets
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonPropertyOrder({"id", "text", "label", "metadata"})
public record Row(
    String id,
    @JsonInclude(JsonInclude.Include.ALWAYS) String text,
    @Nullable String label,
    Map<String, Object> metadata) {

  public Row(
      String id, String text, @Nullable String label, @Nullable Map<String, Object> metadata) {
    this.id = id;
    this.text = text;
    this.label = label;
    this.metadata = metadata == null ? Map.of() : metadata;
  }

  /** As a split contains it: without metadata. */
  public Row bare() {
    return new Row(id, text, label, Map.of());
  }
}
