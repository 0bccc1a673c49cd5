/** Decides, with evidence, what to try next for an LLM application. */
@NullMarked
package io.plumbline.strategy;

import org.jspecify.annotations.NullMarked;
