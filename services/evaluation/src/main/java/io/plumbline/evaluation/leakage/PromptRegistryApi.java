package io.plumbline.evaluation.leakage;

import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.service.annotation.GetExchange;
import org.springframework.web.service.annotation.HttpExchange;
import tools.jackson.databind.JsonNode;

/** What evaluation calls of prompt-registry. */
@HttpExchange
interface PromptRegistryApi {

  @GetExchange("/api/prompt-versions/{digest}")
  JsonNode getPromptVersion(@PathVariable String digest);
}
