/** The draft of a dataset: single items, collected one by one until they become a version. */
@NullMarked
package io.plumbline.datasetregistry.draft;

import org.jspecify.annotations.NullMarked;
