package io.plumbline.inference.usage;

import java.nio.charset.StandardCharsets;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Counts the tokens of a call to a provider: as the provider {@linkplain Tokens#reported reports}
 * them, else estimated, since a stream that ends early reports none and is billed all the same. An
 * estimate counts four bytes of text as a token, and each chunk of a stream as one token at least.
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
    OptionalLong input = Tokens.reported(usage.path("prompt_tokens"));
    OptionalLong output = Tokens.reported(usage.path("completion_tokens"));
    if (input.isPresent() && (output.isPresent() || !usage.hasNonNull("completion_tokens"))) {
      reported =
          new Tokens(
              input.getAsLong(),
              usage.at("/prompt_tokens_details/cached_tokens").asLong(0),
              output.orElse(0),
              usage.at("/completion_tokens_details/reasoning_tokens").asLong(0));
    }
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
