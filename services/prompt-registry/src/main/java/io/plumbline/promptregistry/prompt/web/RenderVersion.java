package io.plumbline.promptregistry.prompt.web;

import jakarta.validation.constraints.NotNull;
import tools.jackson.databind.node.ObjectNode;

/** Values by variable name. */
record RenderVersion(@NotNull ObjectNode variables) {}
