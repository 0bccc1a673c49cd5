/** Measures the memory and time that a dataset version of a large file takes. */
@NullMarked
package io.plumbline.bench.ingest;

import org.jspecify.annotations.NullMarked;
