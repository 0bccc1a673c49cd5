/** The HTTP interface of cost models. */
@NullMarked
package io.plumbline.strategy.economics.web;

import org.jspecify.annotations.NullMarked;
