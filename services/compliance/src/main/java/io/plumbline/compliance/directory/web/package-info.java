/** The names of people over HTTP. */
@NullMarked
package io.plumbline.compliance.directory.web;

import org.jspecify.annotations.NullMarked;
