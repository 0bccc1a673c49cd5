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
 * @param lintReason why it was published although the linter found errors; absent when it found
 *     none
 * @param partials the contents of the partials that the messages include, by name
 * @param includes the versions of these partials, by name
 * @param propertyOrder identifies the order of properties, which the digest covers; absent from
 *     versions that were published before it was stored
 * @param notes what a reader has to know about the version beside its content
 */
public record VersionView(
    String prompt,
    int version,
    Digest digest,
    @Nullable Integer parentVersion,
    @Nullable Digest parentDigest,
    String author,
    String message,
    @Nullable String lintReason,
    Instant createdAt,
    @ArraySchema(schema = @Schema(oneOf = {Message.class, Placeholder.class}))
        List<PromptMessage> messages,
    JsonNode variables,
    List<Example> examples,
    JsonNode parameters,
    @Nullable JsonNode responseFormat,
    Map<String, PartialView> partials,
    List<Inclusion> includes,
    @Nullable String propertyOrder,
    List<String> notes) {

  private static final String ORDER_LOST =
      "The order of the properties of its schemas and parameters was lost when this version was"
          + " published, and models are sent another one. Publish it again with the properties in"
          + " the order that you want.";

  public static VersionView from(PromptVersion version) {
    return new VersionView(
        version.prompt(),
        version.version(),
        version.digest(),
        version.parentVersion(),
        version.parentDigest(),
        version.author(),
        version.message(),
        version.lintReason(),
        version.createdAt(),
        version.content().messages(),
        version.content().variables(),
        version.content().examples(),
        version.content().parameters(),
        version.content().responseFormat(),
        PartialView.of(version.content()),
        version.includes(),
        version.content().propertyOrder(),
        version.content().hasLostPropertyOrder() ? List.of(ORDER_LOST) : List.of());
  }
}
