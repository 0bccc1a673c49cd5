/** Admissions over HTTP. */
@NullMarked
package io.plumbline.datasetregistry.admission.web;

import org.jspecify.annotations.NullMarked;
