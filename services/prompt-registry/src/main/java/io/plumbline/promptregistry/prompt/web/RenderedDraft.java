package io.plumbline.promptregistry.prompt.web;

import io.plumbline.prompttemplate.rendering.RenderedPrompt;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A draft with its variables filled and a conversation in its place.
 *
 * @param messages in the shape of the OpenAI API
 * @param request the draft as a request to the OpenAI API
 */
record RenderedDraft(List<ObjectNode> messages, JsonNode request) {

  static RenderedDraft from(RenderedPrompt rendered) {
    return new RenderedDraft(rendered.messages(), rendered.chatRequest());
  }
}
