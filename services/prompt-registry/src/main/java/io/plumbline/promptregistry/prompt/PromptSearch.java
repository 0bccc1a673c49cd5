package io.plumbline.promptregistry.prompt;

import io.plumbline.contracts.Digest;
import io.plumbline.platform.data.Columns;
import io.plumbline.platform.problem.Problem;
import io.plumbline.platform.web.Page;
import io.plumbline.platform.web.PageRequest;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Reads prompts by words and tags straight into views. */
@Repository
@Transactional(readOnly = true)
public class PromptSearch {

  private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}]+");

  private final JdbcClient sql;
  private final JsonMapper json;
  private final Prompts prompts;
  private final PromptVersions versions;
  private final Labels labels;

  PromptSearch(
      JdbcClient sql, JsonMapper json, Prompts prompts, PromptVersions versions, Labels labels) {
    this.sql = sql;
    this.json = json;
    this.prompts = prompts;
    this.versions = versions;
    this.labels = labels;
  }

  private record Row(PromptView view, long counted) {}

  /**
   * Searches prompts.
   *
   * @param words words all of which must begin a word of the prompt's name, description, tags or
   *     latest messages
   */
  public Page<PromptView> search(@Nullable String words, @Nullable String tag, PageRequest page) {
    List<Row> rows =
        sql.sql("SELECT * FROM search_prompts(:query, :tag, :after, :size, :counted)")
            .param("query", searchQuery(words))
            .param("tag", tag)
            .param("after", page.afterName())
            .param("size", page.fetchSize())
            .param("counted", Page.Total.COUNT_LIMIT + 1)
            .query(this::readRow)
            .list();
    long counted = rows.isEmpty() ? 0 : rows.getFirst().counted();
    return Page.of(
        rows.stream().map(Row::view).toList(), page, view -> List.of(view.name()), counted);
  }

  public Optional<PromptView> find(String name) {
    return sql.sql(
            """
            SELECT p.*, 0 AS counted,
              (SELECT coalesce(jsonb_object_agg(l.name, l.version), '{}') FROM label l
                WHERE l.prompt_id = p.id) AS labels
            FROM prompt p WHERE p.name = ?
            """)
        .param(name)
        .query(this::readRow)
        .optional()
        .map(Row::view);
  }

  public Page<PromptVersion> versions(String name, PageRequest page) {
    int before = page.after(Integer::valueOf, Integer.MAX_VALUE);
    return versions.pageBefore(
        prompts.findByName(name).orElseThrow(Problem::notFound), before, page);
  }

  public Optional<PromptVersion> version(String name, int version) {
    return versions.find(name, version);
  }

  public Optional<PromptVersion> version(Digest digest) {
    return versions.find(digest);
  }

  public Optional<PromptVersion> version(String name, Label label) {
    return prompts.findByName(name).flatMap(prompt -> findLabelledVersion(prompt, label));
  }

  private Optional<PromptVersion> findLabelledVersion(Prompt prompt, Label label) {
    if (label.equals(Label.LATEST)) {
      return versions.find(prompt.id(), prompt.latestVersion());
    }
    return labels
        .findLabel(prompt.id(), label)
        .flatMap(view -> versions.find(prompt.id(), view.version()));
  }

  /** Returns every label of a prompt, {@code latest} first. */
  public List<LabelView> labels(String name) {
    Prompt prompt = prompts.findByName(name).orElseThrow(Problem::notFound);
    List<LabelView> all = new ArrayList<>();
    versions
        .find(prompt.id(), prompt.latestVersion())
        .ifPresent(latest ->
            all.add(
                new LabelView(
                    Label.LATEST.value(),
                    latest.version(),
                    latest.digest(),
                    latest.createdAt(),
                    latest.author(),
                    false)));
    all.addAll(labels.labelsOf(prompt.id()));
    return all;
  }

  public Page<LabelMove> labelMoves(String name, PageRequest page) {
    UUID before = page.afterId();
    UUID prompt = prompts.findByName(name).orElseThrow(Problem::notFound).id();
    return labels.movesBefore(prompt, before, page);
  }

  private static @Nullable String searchQuery(@Nullable String words) {
    if (words == null || words.isBlank()) {
      return null;
    }
    String query =
        WORD.matcher(words)
            .results()
            .map(MatchResult::group)
            .limit(10)
            .map(word -> word + ":*")
            .collect(Collectors.joining(" & "));
    if (query.isEmpty()) {
      throw Problem.invalid("q", "must contain at least one letter or digit");
    }
    return query;
  }

  private Row readRow(ResultSet row, int number) throws SQLException {
    return new Row(
        new PromptView(
            row.getString("name"),
            row.getString("description"),
            Columns.texts(row, "tags"),
            row.getString("owner"),
            Columns.instant(row, "created_at"),
            row.getInt("latest_version"),
            json.readValue(row.getString("labels"), new TypeReference<Map<String, Integer>>() {}),
            row.getLong("version")),
        row.getLong("counted"));
  }
}
