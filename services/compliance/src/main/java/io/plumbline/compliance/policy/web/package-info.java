/** Policies over HTTP. */
@NullMarked
package io.plumbline.compliance.policy.web;

import org.jspecify.annotations.NullMarked;
