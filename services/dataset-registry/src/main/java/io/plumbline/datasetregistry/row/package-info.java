/** The schemas of uploads for each kind of dataset, which turn records into items. */
@NullMarked
package io.plumbline.datasetregistry.row;

import org.jspecify.annotations.NullMarked;
