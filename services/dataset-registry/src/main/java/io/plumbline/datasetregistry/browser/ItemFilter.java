package io.plumbline.datasetregistry.browser;

import io.plumbline.datasetregistry.item.ItemTexts;
import io.plumbline.items.Document;
import io.plumbline.items.Item;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A filter of the items that are listed. A criterion that is absent selects all items.
 *
 * @param label the label that the item expects
 * @param itemIds the ids of which the item must have one
 * @param documentId the id of the document that the item must be
 * @param text a text that a masked text of the item contains, in upper or lower case
 */
record ItemFilter(
    @Nullable String label,
    @Nullable Set<String> itemIds,
    @Nullable String documentId,
    @Nullable String text) {

  boolean selectsAll() {
    return label == null && itemIds == null && documentId == null && text == null;
  }

  /** Returns whether an item meets the criteria that masking does not affect. */
  boolean selects(Item item) {
    return (label == null || label.equals(item.expected().label()))
        && (itemIds == null || itemIds.contains(item.itemId()))
        && (documentId == null || hasDocumentId(item, documentId));
  }

  private static boolean hasDocumentId(Item item, String documentId) {
    Document document = item.input().document();
    return document != null && document.documentId().equals(documentId);
  }

  /**
   * Returns whether a masked item contains the text. Only masked items are searched, because a
   * search in the values behind the placeholders would reveal them.
   */
  boolean matchesText(Item masked) {
    if (text == null) {
      return true;
    }
    String wanted = text.toLowerCase(Locale.ROOT);
    boolean[] found = {false};
    ItemTexts.visit(
        masked, (field, value) -> found[0] |= value.toLowerCase(Locale.ROOT).contains(wanted));
    return found[0];
  }
}
