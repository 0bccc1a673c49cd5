/** Which variant to go on with, from measured facts. */
@NullMarked
package io.plumbline.strategy.recommendation;

import org.jspecify.annotations.NullMarked;
