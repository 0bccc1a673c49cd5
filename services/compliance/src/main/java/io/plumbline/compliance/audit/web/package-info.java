/** The audit explorer over HTTP. */
@NullMarked
package io.plumbline.compliance.audit.web;

import org.jspecify.annotations.NullMarked;
