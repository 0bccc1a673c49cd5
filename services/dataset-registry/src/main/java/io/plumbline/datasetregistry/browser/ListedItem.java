package io.plumbline.datasetregistry.browser;

import io.plumbline.datasetregistry.lineage.ItemView;
import io.plumbline.sensitivedata.SensitiveKind;
import java.util.List;

/**
 * An item as lists show it.
 *
 * @param number its row in the version, or its place in the subset that is listed; from 1
 * @param item with placeholders such as {@code <EMAIL>}, and digests for images
 * @param masked the kinds of the sensitive values behind the placeholders
 */
record ListedItem(long number, ItemView item, List<SensitiveKind> masked) {}
