/** Uploads and maskings over HTTP. */
@NullMarked
package io.plumbline.datasetregistry.ingest.web;

import org.jspecify.annotations.NullMarked;
