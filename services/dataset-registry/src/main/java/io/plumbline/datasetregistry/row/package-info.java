/** What the records of an upload have to be for each kind of dataset, and how they become items. */
@NullMarked
package io.plumbline.datasetregistry.row;

import org.jspecify.annotations.NullMarked;
