/**
 * The process of a service: its folders, and its background loops with their pauses and wake-ups.
 */
@NullMarked
package io.plumbline.platform.lifecycle;

import org.jspecify.annotations.NullMarked;
