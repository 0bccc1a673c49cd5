package io.plumbline.promptregistry.prompt.web;

import io.plumbline.contracts.Digest;
import io.plumbline.promptregistry.prompt.PromptVersion;
import io.plumbline.prompttemplate.rendering.RenderedPrompt;
import io.plumbline.prompttemplate.tokens.TokenCount;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A version with its variables filled and a conversation in its place.
 *
 * @param messages the messages in the shape of the OpenAI API
 * @param request the prompt as a request to the OpenAI API
 * @param tokens the tokens of the request, without an answer
 */
record Rendered(
    String prompt,
    int version,
    Digest digest,
    List<ObjectNode> messages,
    JsonNode request,
    TokenCount tokens) {

  static Rendered from(PromptVersion version, RenderedPrompt rendered) {
    ObjectNode request = rendered.chatRequest();
    return new Rendered(
        version.prompt(),
        version.version(),
        version.digest(),
        rendered.messages(),
        request,
        RenderedTokens.of(request));
  }
}
