/**
 * The quality report of a dataset version: duplicates, near-duplicates, labels, lengths and
 * sensitive values.
 */
@NullMarked
package io.plumbline.datasetregistry.quality;

import org.jspecify.annotations.NullMarked;
