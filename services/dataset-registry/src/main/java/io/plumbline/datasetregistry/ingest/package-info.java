/**
 * Turns uploads into versions: accepts the bytes, normalises and measures the rows in a job, and
 * masks versions into new ones.
 */
@NullMarked
package io.plumbline.datasetregistry.ingest;

import org.jspecify.annotations.NullMarked;
