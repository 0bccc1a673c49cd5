package io.plumbline.datasetregistry.item;

import io.plumbline.items.Item;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A correction of what a row expects. It is kept in the metadata of the corrected item as {@value
 * #FIELD}, so that the version with it names who corrected the row.
 *
 * @param version the version in which the mistake was found
 * @param itemId the id of the row in that version
 * @param by the person who corrected it
 * @param runId the evaluation run whose answer showed the mistake, as the person said; absent for
 *     none
 */
public record RowCorrection(int version, String itemId, String by, @Nullable UUID runId) {

  public static final String FIELD = "expectedCorrection";

  private static final String CLAIM = "claimedCorrection";

  /** Returns metadata with this correction, which replaces an earlier one. */
  public Map<String, Object> addTo(Map<String, Object> metadata) {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("version", version);
    members.put("itemId", itemId);
    members.put("by", by);
    if (runId != null) {
      members.put("runId", runId.toString());
    }
    return added(metadata, members);
  }

  /**
   * Returns the metadata of an uploaded row. Only a draft says who corrected a row, so a correction
   * that the upload names is kept under {@value #CLAIM}.
   */
  public static Map<String, Object> asClaim(Map<String, Object> uploaded) {
    if (!uploaded.containsKey(FIELD)) {
      return uploaded;
    }
    Map<String, Object> metadata = new LinkedHashMap<>(uploaded);
    metadata.put(CLAIM, metadata.remove(FIELD));
    return metadata;
  }

  /** Returns whether an item of a draft corrects a row. */
  public static boolean isIn(Item draftItem) {
    return draftItem.metadata().containsKey(FIELD);
  }

  /** Returns a row with the expectations of an item of a draft that corrects it. */
  public static Item apply(Item row, Item draftItem) {
    Object correction = draftItem.metadata().get(FIELD);
    if (correction == null) {
      throw new IllegalArgumentException("The item corrects no row: " + draftItem.itemId());
    }
    return new Item(
        row.itemId(), row.input(), draftItem.expected(), added(row.metadata(), correction));
  }

  private static Map<String, Object> added(Map<String, Object> metadata, Object correction) {
    Map<String, Object> all = new LinkedHashMap<>(metadata);
    all.put(FIELD, correction);
    return all;
  }
}
