/**
 * Drives the public API through the gateway as three people, from assessment to an audited,
 * reverted release.
 */
@NullMarked
package io.plumbline.demo;

import org.jspecify.annotations.NullMarked;
