/** The LLM features under governance. */
@NullMarked
package io.plumbline.strategy.application;

import org.jspecify.annotations.NullMarked;
