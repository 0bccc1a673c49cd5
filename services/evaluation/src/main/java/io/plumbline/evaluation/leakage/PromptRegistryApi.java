package io.plumbline.evaluation.leakage;

import io.plumbline.prompttemplate.content.PromptContent;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.service.annotation.GetExchange;
import org.springframework.web.service.annotation.HttpExchange;

/** The endpoint of prompt-registry that evaluation calls. */
@HttpExchange
interface PromptRegistryApi {

  @GetExchange("/api/prompt-versions/{digest}")
  PromptContent getPromptVersion(@PathVariable String digest);
}
