package io.plumbline.promptregistry.prompt.web;

import io.plumbline.prompttemplate.tokens.TokenCount;
import io.plumbline.prompttemplate.tokens.TokenCounter;
import tools.jackson.databind.node.ObjectNode;

/** The tokens of what is rendered, for the model that the version names, else an estimate. */
final class RenderedTokens {

  /** More are not counted: no model reads as many. */
  private static final long MOST = 2_000_000;

  private RenderedTokens() {}

  static TokenCount of(ObjectNode request) {
    return TokenCounter.of(request.path("model").asString("")).count(request, MOST);
  }
}
