/**
 * Splits of versions. They are deterministic and stratified, keep near-duplicates together, and are
 * checked for leakage.
 */
@NullMarked
package io.plumbline.datasetregistry.split;

import org.jspecify.annotations.NullMarked;
