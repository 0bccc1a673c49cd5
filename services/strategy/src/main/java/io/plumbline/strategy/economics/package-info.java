/** What each approach costs, and where one becomes cheaper than another. */
@NullMarked
package io.plumbline.strategy.economics;

import org.jspecify.annotations.NullMarked;
