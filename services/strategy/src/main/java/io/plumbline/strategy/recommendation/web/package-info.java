/** The HTTP interface of recommendations. */
@NullMarked
package io.plumbline.strategy.recommendation.web;

import org.jspecify.annotations.NullMarked;
