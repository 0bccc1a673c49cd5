/**
 * The lineage of data: from version to version, into subsets, to the objects made of them, and
 * back.
 */
@NullMarked
package io.plumbline.datasetregistry.lineage;

import org.jspecify.annotations.NullMarked;
