/** The risk register over HTTP. */
@NullMarked
package io.plumbline.compliance.risk.web;

import org.jspecify.annotations.NullMarked;
