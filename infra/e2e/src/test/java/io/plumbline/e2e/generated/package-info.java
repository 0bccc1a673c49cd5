/** Requests that are generated from the API descriptions. */
@NullMarked
package io.plumbline.e2e.generated;

import org.jspecify.annotations.NullMarked;
