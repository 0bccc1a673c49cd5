package io.plumbline.promptregistry.prompt.web;

import io.plumbline.contracts.Digest;
import io.plumbline.promptregistry.inclusion.Inclusion;
import io.plumbline.promptregistry.prompt.PromptVersion;
import io.plumbline.prompttemplate.content.Example;
import io.plumbline.prompttemplate.content.Message;
import io.plumbline.prompttemplate.content.Placeholder;
import io.plumbline.prompttemplate.content.PromptMessage;
import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A version with its content.
 *
 * @param partials the content of what the messages include, by name
 * @param includes which versions these were, by name
 */
public record VersionView(
    String prompt,
    int version,
    Digest digest,
    @Nullable Integer parentVersion,
    @Nullable Digest parentDigest,
    String author,
    String message,
    Instant createdAt,
    @ArraySchema(schema = @Schema(oneOf = {Message.class, Placeholder.class}))
        List<PromptMessage> messages,
    JsonNode variables,
    List<Example> examples,
    JsonNode parameters,
    @Nullable JsonNode responseFormat,
    Map<String, PartialView> partials,
    List<Inclusion> includes) {

  public static VersionView from(PromptVersion version) {
    return new VersionView(
        version.prompt(),
        version.version(),
        version.digest(),
        version.parentVersion(),
        version.parentDigest(),
        version.author(),
        version.message(),
        version.createdAt(),
        version.content().messages(),
        version.content().variables(),
        version.content().examples(),
        version.content().parameters(),
        version.content().responseFormat(),
        PartialView.of(version.content()),
        version.includes());
  }
}
