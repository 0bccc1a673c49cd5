/** Tests of the service as a whole. */
@NullMarked
package io.plumbline.datasetregistry;

import org.jspecify.annotations.NullMarked;
