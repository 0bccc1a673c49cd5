/** The HTTP API of tuned models. */
@NullMarked
package io.plumbline.modelregistry.model.web;

import org.jspecify.annotations.NullMarked;
