/**
 * Releases variants: decides, by a gate and a canary, which one an environment of an application
 * serves.
 */
@NullMarked
package io.plumbline.inference.release;

import org.jspecify.annotations.NullMarked;
