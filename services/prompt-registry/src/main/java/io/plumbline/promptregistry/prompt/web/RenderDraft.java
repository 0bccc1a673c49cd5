package io.plumbline.promptregistry.prompt.web;

import io.plumbline.prompttemplate.rendering.Conversation;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * A content that is not published, with a call that it is rendered for.
 *
 * @param variables values by name
 * @param conversation the caller's messages, in the shape of the OpenAI API; without them the draft
 *     is rendered by itself
 */
record RenderDraft(
    @NotNull @Valid DraftPrompt draft,
    @NotNull ObjectNode variables,
    @Nullable @Size(max = Conversation.MAX_MESSAGES) List<@NotNull ObjectNode> conversation) {}
