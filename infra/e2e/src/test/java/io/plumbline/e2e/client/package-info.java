/** Clients of the OpenAI API, unchanged, against what a variant allows its callers. */
@NullMarked
package io.plumbline.e2e.client;

import org.jspecify.annotations.NullMarked;
