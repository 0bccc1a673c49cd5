package io.plumbline.inference.serving.prompt;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.service.annotation.GetExchange;
import org.springframework.web.service.annotation.HttpExchange;

/** The client that reads labelled versions from prompt-registry. */
@HttpExchange
interface PromptReadingApi {

  /**
   * A label.
   *
   * @param digest the digest of the version that it points to
   */
  @JsonIgnoreProperties(ignoreUnknown = true)
  record Label(String label, String digest) {}

  @JsonIgnoreProperties(ignoreUnknown = true)
  record Labels(List<Label> items) {}

  /**
   * Returns the version that a label points to.
   *
   * @param known the entity tag of the version that the caller has; when it is still the same, the
   *     answer is 304 without a body
   */
  @GetExchange("/api/prompts/{name}/resolve")
  ResponseEntity<byte[]> resolvePrompt(
      @PathVariable String name,
      @RequestParam String label,
      @RequestHeader(name = HttpHeaders.IF_NONE_MATCH, required = false) @Nullable String known);

  @GetExchange("/api/prompts/{name}/labels")
  Labels listLabels(@PathVariable String name);
}
