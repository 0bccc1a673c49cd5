package io.plumbline.promptregistry.prompt.web;

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
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A content that is checked but not saved. */
record DraftPrompt(
    @NotEmpty
        @Size(max = PromptContent.MAX_MESSAGES)
        @ArraySchema(schema = @Schema(oneOf = {Message.class, Placeholder.class}))
        List<@NotNull @Valid PromptMessage> messages,
    @Nullable ObjectNode variables,
    @Nullable @Size(max = PromptContent.MAX_EXAMPLES) List<@NotNull @Valid Example> examples,
    @Nullable ObjectNode parameters,
    @Nullable JsonNode responseFormat) {

  PromptContent content() {
    return PromptContent.of(messages, variables, examples, parameters, responseFormat);
  }
}
