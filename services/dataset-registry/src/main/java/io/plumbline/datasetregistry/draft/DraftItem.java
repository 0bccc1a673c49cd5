package io.plumbline.datasetregistry.draft;

import io.plumbline.items.Item;
import io.plumbline.items.ItemFile;
import java.time.Instant;
import java.util.UUID;

/**
 * An item of a draft.
 *
 * @param itemId by what it asks, once in a draft
 * @param line as a file of items has it
 */
record DraftItem(UUID draftItemId, String itemId, String line, String addedBy, Instant addedAt) {

  Item item() {
    return ItemFile.read(line);
  }
}
