package io.plumbline.datasetregistry.draft;

import io.plumbline.items.Item;
import io.plumbline.items.ItemFile;
import java.time.Instant;
import java.util.UUID;

/**
 * An item of a draft.
 *
 * @param itemId the id, which follows from the input and is unique in a draft
 * @param line the item as a line of a file of items
 */
record DraftItem(UUID draftItemId, String itemId, String line, String addedBy, Instant addedAt) {

  Item parseItem() {
    return ItemFile.read(line);
  }
}
