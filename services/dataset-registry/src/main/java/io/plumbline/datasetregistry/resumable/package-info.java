/**
 * Uploads that arrive in parts and can be resumed after an interruption (tus 1.0), until they
 * become a version like plain uploads.
 */
@NullMarked
package io.plumbline.datasetregistry.resumable;

import org.jspecify.annotations.NullMarked;
