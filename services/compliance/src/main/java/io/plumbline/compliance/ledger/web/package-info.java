/** The ledger over HTTP. */
@NullMarked
package io.plumbline.compliance.ledger.web;

import org.jspecify.annotations.NullMarked;
