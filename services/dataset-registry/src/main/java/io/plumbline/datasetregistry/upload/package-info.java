/**
 * Reads uploads: decompression, strict UTF-8, CSV and JSON Lines, each within limits, and says
 * precisely what is wrong with them.
 */
@NullMarked
package io.plumbline.datasetregistry.upload;

import org.jspecify.annotations.NullMarked;
