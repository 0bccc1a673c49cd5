/** The approvals inbox over HTTP. */
@NullMarked
package io.plumbline.compliance.approval.web;

import org.jspecify.annotations.NullMarked;
