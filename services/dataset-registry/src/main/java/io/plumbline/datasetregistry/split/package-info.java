/**
 * Splits of versions: deterministic, stratified, with near-duplicates kept together, and checked
 * for leakage.
 */
@NullMarked
package io.plumbline.datasetregistry.split;

import org.jspecify.annotations.NullMarked;
