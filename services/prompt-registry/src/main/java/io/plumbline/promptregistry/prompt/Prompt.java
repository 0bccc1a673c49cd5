package io.plumbline.promptregistry.prompt;

import io.plumbline.platform.data.VersionedEntity;
import io.plumbline.prompttemplate.content.Message;
import io.plumbline.prompttemplate.content.PromptContent;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import org.hibernate.annotations.DynamicUpdate;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;

/**
 * A named prompt: the number of its versions, and how often its labels have moved. Each change
 * raises its revision, which orders the events about the prompt.
 */
@Entity
// The database does not let name and origin be changed, so they must not be in an UPDATE.
@DynamicUpdate
@Table(name = "prompt")
// Hibernate writes the fields; only SQL reads them, for views and search.
@SuppressWarnings("UnusedVariable")
public class Prompt extends VersionedEntity {

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

  /** Creates an empty entity for JPA. */
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

  void updateDescription(String newDescription, List<String> newTags) {
    description = newDescription;
    tags = List.copyOf(newTags);
    tagText = String.join(" ", newTags);
  }

  /**
   * Counts a new version, and makes its words searchable instead of those of the previous version.
   *
   * @return the number of the new version
   */
  int addVersion(PromptContent content) {
    String words =
        content.writtenMessages().stream().map(Message::content).collect(Collectors.joining("\n"));
    latestText = words.substring(0, Math.min(MAX_SEARCHABLE, words.length()));
    latestVersion++;
    return latestVersion;
  }

  /** Counts a move of a label, or a request for a move. */
  void incrementLabelMoves() {
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
}
