package io.plumbline.promptregistry.prompt.web;

import io.plumbline.prompttemplate.rendering.RenderedPrompt;
import io.plumbline.prompttemplate.tokens.TokenCount;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A draft with its variables filled and a conversation in its place.
 *
 * @param messages the messages in the shape of the OpenAI API
 * @param request the draft as a request to the OpenAI API
 * @param tokens the tokens of the request, without an answer
 */
record RenderedDraft(List<ObjectNode> messages, JsonNode request, TokenCount tokens) {

  static RenderedDraft from(RenderedPrompt rendered) {
    ObjectNode request = rendered.chatRequest();
    return new RenderedDraft(rendered.messages(), request, RenderedTokens.of(request));
  }
}
