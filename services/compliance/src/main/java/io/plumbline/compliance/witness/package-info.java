/** A witness of transparency logs, which runs apart from the platform. */
@NullMarked
package io.plumbline.compliance.witness;

import org.jspecify.annotations.NullMarked;
