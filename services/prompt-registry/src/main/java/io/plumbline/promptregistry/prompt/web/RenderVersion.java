package io.plumbline.promptregistry.prompt.web;

import io.plumbline.prompttemplate.rendering.Conversation;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * A call that a version is rendered for.
 *
 * @param variables values by name
 * @param conversation the caller's messages, in the shape of the OpenAI API; without them the
 *     prompt is rendered by itself
 */
record RenderVersion(
    @NotNull ObjectNode variables,
    @Nullable @Size(max = Conversation.MAX_MESSAGES) List<@NotNull ObjectNode> conversation) {}
