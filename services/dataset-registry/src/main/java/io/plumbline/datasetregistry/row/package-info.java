/** The normalised rows of a dataset version, as JSON Lines, and their ids. */
@NullMarked
package io.plumbline.datasetregistry.row;

import org.jspecify.annotations.NullMarked;
