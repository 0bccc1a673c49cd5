/** The HTTP interface of applications. */
@NullMarked
package io.plumbline.strategy.application.web;

import org.jspecify.annotations.NullMarked;
