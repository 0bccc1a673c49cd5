/** The datasheet: one page about a version for the person who is accountable for its use. */
@NullMarked
package io.plumbline.datasetregistry.datasheet;

import org.jspecify.annotations.NullMarked;
