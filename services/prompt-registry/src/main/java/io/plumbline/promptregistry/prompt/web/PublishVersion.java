package io.plumbline.promptregistry.prompt.web;

import io.plumbline.promptregistry.prompt.PartialReference;
import io.plumbline.promptregistry.prompt.WrittenContent;
import io.plumbline.prompttemplate.content.Example;
import io.plumbline.prompttemplate.content.Message;
import io.plumbline.prompttemplate.content.Placeholder;
import io.plumbline.prompttemplate.content.PromptContent;
import io.plumbline.prompttemplate.content.PromptMessage;
import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A version to publish.
 *
 * @param message why it is published
 * @param lintReason why it is published although the linter finds errors; absent when it finds none
 * @param partials the references that the messages include, by the name in {@code {{> name}}}
 * @param parent the version that it was made from; if present it must still be the latest
 */
record PublishVersion(
    @NotBlank @Size(max = 500) String message,
    @Nullable @Size(max = 500) String lintReason,
    @NotEmpty
        @Size(max = PromptContent.MAX_MESSAGES)
        @ArraySchema(schema = @Schema(oneOf = {Message.class, Placeholder.class}))
        List<@NotNull @Valid PromptMessage> messages,
    @Nullable ObjectNode variables,
    @Nullable @Size(max = PromptContent.MAX_EXAMPLES) List<@NotNull @Valid Example> examples,
    @Nullable ObjectNode parameters,
    @Nullable JsonNode responseFormat,
    @Nullable @Size(max = PromptContent.MAX_PARTIALS)
        Map<@NotNull String, @NotNull @Valid PartialReference> partials,
    @Nullable @Positive Integer parent) {

  /** Returns the lintReason; absent when it is blank. */
  @Nullable String reason() {
    if (lintReason == null || lintReason.isBlank()) {
      return null;
    }
    return lintReason;
  }

  WrittenContent content() {
    return new WrittenContent(
        PromptContent.of(messages, variables, examples, parameters, responseFormat),
        Objects.requireNonNullElse(partials, Map.of()));
  }
}
