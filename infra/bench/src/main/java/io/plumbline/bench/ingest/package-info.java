/** What a dataset version of a large file takes of memory and time. */
@NullMarked
package io.plumbline.bench.ingest;

import org.jspecify.annotations.NullMarked;
