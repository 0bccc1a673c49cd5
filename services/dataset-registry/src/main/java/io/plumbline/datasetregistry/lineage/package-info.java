/**
 * Where a row comes from and where it went: from version to version by masking, and into the parts
 * of splits.
 */
@NullMarked
package io.plumbline.datasetregistry.lineage;

import org.jspecify.annotations.NullMarked;
