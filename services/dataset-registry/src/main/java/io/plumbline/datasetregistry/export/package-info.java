/** Exports the unmasked rows of a version, in the formats of uploads and in those of OpenAI. */
@NullMarked
package io.plumbline.datasetregistry.export;

import org.jspecify.annotations.NullMarked;
