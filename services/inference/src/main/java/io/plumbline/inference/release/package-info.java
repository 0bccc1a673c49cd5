/**
 * Releases: which variant an environment of an application serves, and the gate and canary before.
 */
@NullMarked
package io.plumbline.inference.release;

import org.jspecify.annotations.NullMarked;
