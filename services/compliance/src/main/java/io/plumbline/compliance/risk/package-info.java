/** The risk register and its matrix. */
@NullMarked
package io.plumbline.compliance.risk;

import org.jspecify.annotations.NullMarked;
