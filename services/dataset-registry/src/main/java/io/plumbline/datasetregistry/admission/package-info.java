/**
 * Admission of dataset versions to training, indexing and evaluation, by the workspace's policies.
 */
@NullMarked
package io.plumbline.datasetregistry.admission;

import org.jspecify.annotations.NullMarked;
