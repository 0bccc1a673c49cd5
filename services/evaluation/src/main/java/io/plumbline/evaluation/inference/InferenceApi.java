package io.plumbline.evaluation.inference;

import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.service.annotation.HttpExchange;
import org.springframework.web.service.annotation.PostExchange;

/** The endpoints of inference that evaluation calls. */
@HttpExchange
public interface InferenceApi {

  @PostExchange(url = "/v1/chat/completions", contentType = "application/json")
  ResponseEntity<byte[]> createChatCompletion(
      @RequestHeader("x-plumbline-cache") String cache,
      @RequestHeader(value = "x-plumbline-include", required = false) @Nullable String include,
      @RequestHeader("x-plumbline-sealed") boolean sealed,
      @RequestHeader(value = "x-plumbline-retries", required = false) @Nullable String retries,
      @RequestBody byte[] request);

  @PostExchange(url = "/v1/embeddings", contentType = "application/json")
  ResponseEntity<byte[]> createEmbedding(
      @RequestHeader("x-plumbline-sealed") boolean sealed, @RequestBody byte[] request);
}
