/**
 * Reads uploads: decompression, strict UTF-8, CSV, JSON Lines and zip archives, each within limits,
 * with precise faults.
 */
@NullMarked
package io.plumbline.datasetregistry.upload;

import org.jspecify.annotations.NullMarked;
