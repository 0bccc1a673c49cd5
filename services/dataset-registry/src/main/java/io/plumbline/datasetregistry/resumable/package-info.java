/**
 * Uploads that arrive in parts and go on where they were cut off (tus 1.0), until they become a
 * version as plain ones do.
 */
@NullMarked
package io.plumbline.datasetregistry.resumable;

import org.jspecify.annotations.NullMarked;
