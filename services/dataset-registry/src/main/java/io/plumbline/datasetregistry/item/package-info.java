/** The ids of a dataset version's items, and the texts in them. */
@NullMarked
package io.plumbline.datasetregistry.item;

import org.jspecify.annotations.NullMarked;
