/** The rows of a version as they are, in formats that they are uploaded in, and others read. */
@NullMarked
package io.plumbline.datasetregistry.export;

import org.jspecify.annotations.NullMarked;
