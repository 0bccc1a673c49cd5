/** Adds up what a workspace used and what it cost, by API key, application, variant or model. */
@NullMarked
package io.plumbline.inference.spend;

import org.jspecify.annotations.NullMarked;
