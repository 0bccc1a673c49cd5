/**
 * The lineage of data: from version to version, into subsets, to what was made of them and back.
 */
@NullMarked
package io.plumbline.datasetregistry.lineage;

import org.jspecify.annotations.NullMarked;
