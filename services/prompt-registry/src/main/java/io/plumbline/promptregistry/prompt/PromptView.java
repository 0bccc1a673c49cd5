package io.plumbline.promptregistry.prompt;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * A prompt on the wire.
 *
 * @param labels the version that each label points to, except {@code latest}
 * @param revision the version of the aggregate, for the entity tag
 */
public record PromptView(
    String name,
    String description,
    List<String> tags,
    String owner,
    Instant createdAt,
    int latestVersion,
    Map<String, Integer> labels,
    @JsonIgnore long revision) {}
