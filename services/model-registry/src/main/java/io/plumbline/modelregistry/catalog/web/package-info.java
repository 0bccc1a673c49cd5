/** The HTTP API of the base-model catalogue. */
@NullMarked
package io.plumbline.modelregistry.catalog.web;

import org.jspecify.annotations.NullMarked;
