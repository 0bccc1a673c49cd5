package io.plumbline.inference.variant;

import io.plumbline.prompttemplate.content.PromptContent;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.service.annotation.GetExchange;
import org.springframework.web.service.annotation.HttpExchange;

/** The endpoints of prompt-registry that this service calls. */
@HttpExchange
interface PromptRegistryApi {

  @GetExchange("/api/prompt-versions/{digest}")
  PromptContent getPromptVersion(@PathVariable String digest);
}
