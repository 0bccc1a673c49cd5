/**
 * Builds container images of the applications without a daemon, describes and signs them, and
 * copies them to registries.
 */
@NullMarked
package io.plumbline.images;

import org.jspecify.annotations.NullMarked;
