/**
 * Suites: which items of an admitted split are asked, how they are perturbed, and what is measured.
 */
@NullMarked
package io.plumbline.evaluation.suite;

import org.jspecify.annotations.NullMarked;
