/** One page about a version for whoever has to answer for its use. */
@NullMarked
package io.plumbline.datasetregistry.datasheet;

import org.jspecify.annotations.NullMarked;
