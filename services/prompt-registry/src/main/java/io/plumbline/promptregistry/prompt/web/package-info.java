/** The HTTP interface of prompts. */
@NullMarked
package io.plumbline.promptregistry.prompt.web;

import org.jspecify.annotations.NullMarked;
