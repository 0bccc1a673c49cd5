/** The lineage of a row: from version to version by masking, and into the subsets of splits. */
@NullMarked
package io.plumbline.datasetregistry.lineage;

import org.jspecify.annotations.NullMarked;
