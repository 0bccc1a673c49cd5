/** Tests of reading files of documents. */
@NullMarked
package io.plumbline.datasetregistry.document;

import org.jspecify.annotations.NullMarked;
