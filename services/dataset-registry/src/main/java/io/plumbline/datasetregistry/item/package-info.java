/** The ids of a dataset version's items, and access to the texts in them. */
@NullMarked
package io.plumbline.datasetregistry.item;

import org.jspecify.annotations.NullMarked;
