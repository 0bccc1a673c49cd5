package io.plumbline.inference.usage;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Counts the tokens of a call to a provider: as the provider reports them, else estimated, since a
 * stream that ends early reports none and is billed all the same. An estimate counts four bytes of
 * text as a token, and each chunk of a stream as one token at least.
 */
public final class ProviderTokenCounter {

  private static final int BYTES_PER_TOKEN = 4;

  private final JsonNode request;
  private long pieces;
  private long bytes;
  private @Nullable Tokens reported;

  public ProviderTokenCounter(JsonNode request) {
    this.request = request;
  }

  /** Counts a chunk of a stream. */
  public void addChunk(JsonNode chunk) {
    for (JsonNode choice : chunk.path("choices").values()) {
      JsonNode delta = choice.path("delta");
      long size = textBytes(delta) - textBytes(delta.path("role"));
      bytes += size;
      if (size > 0) {
        pieces++;
      }
    }
    readUsage(chunk.path("usage"));
  }

  /** Counts a whole answer. */
  public void addAnswer(JsonNode completion) {
    for (JsonNode choice : completion.path("choices").values()) {
      JsonNode message = choice.path("message");
      bytes += textBytes(message) - textBytes(message.path("role"));
    }
    readUsage(completion.path("usage"));
  }

  private void readUsage(JsonNode usage) {
    if (usage.path("prompt_tokens").isNumber()) {
      reported =
          new Tokens(
              usageCount(usage, "/prompt_tokens"),
              usageCount(usage, "/prompt_tokens_details/cached_tokens"),
              usageCount(usage, "/completion_tokens"),
              usageCount(usage, "/completion_tokens_details/reasoning_tokens"));
    }
  }

  private static long usageCount(JsonNode usage, String pointer) {
    return Math.max(0, usage.at(pointer).asLong(0));
  }

  public Tokens countedTokens() {
    if (reported != null) {
      return reported;
    }
    return Tokens.of(
        tokensIn(textBytes(request.path("messages"))), Math.max(pieces, tokensIn(bytes)));
  }

  private static long tokensIn(long bytes) {
    return Math.ceilDiv(bytes, BYTES_PER_TOKEN);
  }

  /** Returns the bytes of all texts in a document, without the names of its fields. */
  private static long textBytes(JsonNode node) {
    if (node.isString()) {
      return node.asString().getBytes(StandardCharsets.UTF_8).length;
    }
    return node.valueStream().mapToLong(ProviderTokenCounter::textBytes).sum();
  }
}
