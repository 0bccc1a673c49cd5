/** The HTTP interface of criteria, phases and waivers. */
@NullMarked
package io.plumbline.strategy.plan.web;

import org.jspecify.annotations.NullMarked;
