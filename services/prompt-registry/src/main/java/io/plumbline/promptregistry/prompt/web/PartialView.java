package io.plumbline.promptregistry.prompt.web;

import io.plumbline.contracts.Digest;
import io.plumbline.prompttemplate.content.Example;
import io.plumbline.prompttemplate.content.Message;
import io.plumbline.prompttemplate.content.Partial;
import io.plumbline.prompttemplate.content.Placeholder;
import io.plumbline.prompttemplate.content.PromptContent;
import io.plumbline.prompttemplate.content.PromptMessage;
import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A partial of a version with all of its content, so that the version can be rendered and checked
 * against its digest without another call.
 */
public record PartialView(Digest digest, IncludedContent content) {

  /** The content of a partial. */
  public record IncludedContent(
      @ArraySchema(schema = @Schema(oneOf = {Message.class, Placeholder.class}))
          List<PromptMessage> messages,
      JsonNode variables,
      List<Example> examples,
      JsonNode parameters,
      @Nullable JsonNode responseFormat,
      Map<String, PartialView> partials,
      @Nullable String propertyOrder) {}

  static Map<String, PartialView> of(PromptContent content) {
    Map<String, PartialView> views = new TreeMap<>();
    content.partials().forEach((name, partial) -> views.put(name, from(partial)));
    return views;
  }

  private static PartialView from(Partial partial) {
    PromptContent content = partial.content();
    return new PartialView(
        new Digest(partial.digest()),
        new IncludedContent(
            content.messages(),
            content.variables(),
            content.examples(),
            content.parameters(),
            content.responseFormat(),
            of(content),
            content.propertyOrder()));
  }
}
