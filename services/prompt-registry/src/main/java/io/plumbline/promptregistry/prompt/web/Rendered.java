package io.plumbline.promptregistry.prompt.web;

import io.plumbline.contracts.Digest;
import io.plumbline.promptregistry.prompt.PromptVersion;
import io.plumbline.prompttemplate.rendering.RenderedPrompt;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A version with its variables filled and a conversation in its place.
 *
 * @param messages in the shape of the OpenAI API
 * @param request the prompt as a request to the OpenAI API
 */
record Rendered(
    String prompt, int version, Digest digest, List<ObjectNode> messages, JsonNode request) {

  static Rendered from(PromptVersion version, RenderedPrompt rendered) {
    return new Rendered(
        version.prompt(),
        version.version(),
        version.digest(),
        rendered.messages(),
        rendered.chatRequest());
  }
}
