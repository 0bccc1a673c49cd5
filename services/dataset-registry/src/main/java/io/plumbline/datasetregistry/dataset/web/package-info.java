/** Datasets and versions over HTTP. */
@NullMarked
package io.plumbline.datasetregistry.dataset.web;

import org.jspecify.annotations.NullMarked;
