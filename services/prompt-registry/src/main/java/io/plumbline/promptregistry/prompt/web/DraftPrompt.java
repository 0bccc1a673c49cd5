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
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A content that is checked but not saved.
 *
 * @param partials the references that the messages include, by the name in {@code {{> name}}}
 * @param prompt the prompt that the draft is to become a version of, if any: a prompt that includes
 *     it cannot be included
 */
record DraftPrompt(
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
    @Nullable @Size(max = 63) String prompt) {

  WrittenContent content() {
    return new WrittenContent(
        PromptContent.of(messages, variables, examples, parameters, responseFormat),
        Objects.requireNonNullElse(partials, Map.of()));
  }
}
