package io.plumbline.promptregistry.prompt.web;

import io.plumbline.prompttemplate.tokens.TokenCount;
import io.plumbline.prompttemplate.tokens.TokenCounter;
import tools.jackson.databind.node.ObjectNode;

/** Counts the tokens of a rendered request, for the model that the version names or roughly. */
final class RenderedTokens {

  /** The limit of the count: no model reads more tokens. */
  private static final long MAX_TOKENS = 2_000_000;

  private RenderedTokens() {}

  static TokenCount of(ObjectNode request) {
    return TokenCounter.of(request.path("model").asString("")).count(request, MAX_TOKENS);
  }
}
