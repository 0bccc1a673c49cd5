package io.plumbline.promptregistry.prompt;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * A prompt as lists show it.
 *
 * @param labels the version each label points to, {@code latest} not among them
 * @param revision the aggregate's version, for the entity tag
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
