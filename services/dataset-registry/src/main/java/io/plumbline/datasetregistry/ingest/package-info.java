/**
 * Makes versions: accepts uploads, normalises and measures their rows in a job, and masks versions
 * into new ones.
 */
@NullMarked
package io.plumbline.datasetregistry.ingest;

import org.jspecify.annotations.NullMarked;
