package io.plumbline.inference.authorship;

import java.util.List;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.service.annotation.GetExchange;
import org.springframework.web.service.annotation.HttpExchange;

/** The endpoint of prompt-registry that names authors. */
@HttpExchange
interface PromptAuthorsApi {

  /** The authors of a content. */
  record Authors(List<String> authors) {}

  @GetExchange("/api/prompt-versions/{digest}/authors")
  Authors listPromptAuthors(@PathVariable String digest);
}
