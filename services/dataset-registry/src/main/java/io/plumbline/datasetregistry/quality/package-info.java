/**
 * Measures a dataset version: duplicates, near-duplicates, labels, lengths, and the report that
 * gathers them.
 */
@NullMarked
package io.plumbline.datasetregistry.quality;

import org.jspecify.annotations.NullMarked;
