/** Reads the title and the text of document files in a separate process. */
@NullMarked
package io.plumbline.datasetregistry.document;

import org.jspecify.annotations.NullMarked;
