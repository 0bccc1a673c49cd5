package io.plumbline.promptregistry.prompt;

import io.plumbline.promptregistry.content.Message;
import io.plumbline.promptregistry.content.PromptContent;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
import org.jspecify.annotations.Nullable;

/**
 * A named prompt: the numbers of its versions, and how often its labels have moved. Each change
 * raises {@link #version}, which orders the events told about the prompt.
 */
@Entity
@Table(name = "prompt")
// Hibernate writes what only SQL reads: views and search never go through the entity.
@SuppressWarnings("UnusedVariable")
public class Prompt {

  private static final int MAX_SEARCHABLE = 64 * 1024;

  @Id private UUID id;
  private UUID workspaceId;
  private String name;
  private String description;

  @JdbcTypeCode(SqlTypes.ARRAY)
  private List<String> tags;

  private String owner;
  private Instant createdAt;
  private int latestVersion;
  private int labelMoves;
  private String tagText;
  private String latestText = "";
  @Version private @Nullable Long version;

  /** For JPA alone. */
  @SuppressWarnings("NullAway.Init") // Hibernate fills the fields
  protected Prompt() {}

  Prompt(
      UUID id,
      UUID workspace,
      PromptName name,
      String description,
      List<String> tags,
      String owner,
      Instant createdAt) {
    this.id = id;
    this.workspaceId = workspace;
    this.name = name.value();
    this.owner = owner;
    this.createdAt = createdAt;
    this.description = description;
    this.tags = List.copyOf(tags);
    this.tagText = String.join(" ", tags);
  }

  void describe(String newDescription, List<String> newTags) {
    description = newDescription;
    tags = List.copyOf(newTags);
    tagText = String.join(" ", newTags);
  }

  /** Counts a new version; its words become searchable in place of the former's. */
  int publish(PromptContent content) {
    String words =
        content.messages().stream().map(Message::content).collect(Collectors.joining("\n"));
    latestText = words.substring(0, Math.min(MAX_SEARCHABLE, words.length()));
    latestVersion++;
    return latestVersion;
  }

  /** Counts the move, or the request to move, of a label. */
  void moveLabel() {
    labelMoves++;
  }

  public UUID id() {
    return id;
  }

  public String name() {
    return name;
  }

  public int latestVersion() {
    return latestVersion;
  }

  public long version() {
    return version == null ? 0 : version;
  }

  /**
   * Orders what is told about the prompt; begins at 1, since a projection takes 0 for nothing
   * known.
   */
  long order() {
    return version() + 1;
  }
}
