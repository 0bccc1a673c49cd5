/** What other services told, and what the gates ask of it. */
@NullMarked
package io.plumbline.inference.projection;

import org.jspecify.annotations.NullMarked;
