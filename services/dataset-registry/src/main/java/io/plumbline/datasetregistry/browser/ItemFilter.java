package io.plumbline.datasetregistry.browser;

import io.plumbline.datasetregistry.item.ItemTexts;
import io.plumbline.items.Document;
import io.plumbline.items.Item;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which items are listed; what is absent lets all pass.
 *
 * @param label that is expected
 * @param itemIds any of them
 * @param documentId of the document that it is
 * @param text that a masked text of the item contains, in upper or lower case
 */
record ItemFilter(
    @Nullable String label,
    @Nullable Set<String> itemIds,
    @Nullable String documentId,
    @Nullable String text) {

  boolean selectsAll() {
    return label == null && itemIds == null && documentId == null && text == null;
  }

  /** By what no masking changes. */
  boolean selects(Item item) {
    return (label == null || label.equals(item.expected().label()))
        && (itemIds == null || itemIds.contains(item.itemId()))
        && (documentId == null || isDocument(item, documentId));
  }

  private static boolean isDocument(Item item, String documentId) {
    Document document = item.input().document();
    return document != null && document.documentId().equals(documentId);
  }

  /** A search in what is hidden would say what is hidden, so only a masked item is searched. */
  boolean isSaidBy(Item masked) {
    if (text == null) {
      return true;
    }
    String wanted = text.toLowerCase(Locale.ROOT);
    boolean[] found = {false};
    ItemTexts.visit(
        masked, (field, said) -> found[0] |= said.toLowerCase(Locale.ROOT).contains(wanted));
    return found[0];
  }
}
