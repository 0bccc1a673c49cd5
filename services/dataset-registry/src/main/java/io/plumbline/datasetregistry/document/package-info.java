/** Reads the title and the text out of files of documents, in a process of its own. */
@NullMarked
package io.plumbline.datasetregistry.document;

import org.jspecify.annotations.NullMarked;
