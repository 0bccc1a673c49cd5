/**
 * Data whose admission was withdrawn: which parts of variants stand on it, since when, and how long
 * policies let them serve.
 */
@NullMarked
package io.plumbline.inference.withdrawal;

import org.jspecify.annotations.NullMarked;
