package io.plumbline.promptregistry.prompt;

import io.plumbline.contracts.Digest;
import io.plumbline.platform.data.Columns;
import io.plumbline.platform.identity.Caller;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * The authors of versions, none of whom may approve them: everybody who published the content, the
 * authors of its partials, and those who brought the words of earlier versions of the prompt that
 * it still has. Authorship belongs to the content, so publishing it again adds its publisher and
 * removes nobody. Versions from before authors were kept get theirs when they are first asked for.
 */
@Repository
@Transactional(propagation = Propagation.MANDATORY)
class PromptAuthors {

  /**
   * The maximum number of bytes of hashes that are compared for one version. In a prompt that has
   * more words than that, everybody whose words any version of it had is an author of the next.
   */
  private static final int MAX_BYTES = 4 * 1024 * 1024;

  /** The maximum number of versions that are compared with one; beyond it, the same holds. */
  private static final int MAX_VERSIONS = 2_000;

  private record VersionKey(UUID prompt, int version) {}

  private final JdbcClient sql;
  private final PromptVersions versions;

  PromptAuthors(JdbcClient sql, PromptVersions versions) {
    this.sql = sql;
    this.versions = versions;
  }

  /** Returns the authors of a version, in alphabetical order. */
  List<String> of(UUID prompt, PromptVersion version) {
    addMissing(new VersionKey(prompt, version.version()));
    return authorsOf(version.digest());
  }

  /** Returns the authors of a content, in alphabetical order; empty if nobody published it. */
  List<String> of(Digest digest) {
    sql.sql("SELECT prompt_id, version FROM prompt_version WHERE digest = ? ORDER BY created_at")
        .param(digest.hex())
        .query(PromptAuthors::readKey)
        .list()
        .forEach(this::addMissing);
    return authorsOf(digest);
  }

  /** Adds the authors of a version and of those before it, where they are missing. */
  private void addMissing(VersionKey last) {
    List<Integer> missing =
        sql.sql(
                """
                SELECT v.version FROM prompt_version v
                WHERE v.prompt_id = ? AND v.version <= ? AND NOT EXISTS (
                  SELECT FROM prompt_words w WHERE w.prompt_id = v.prompt_id AND w.version = v.version)
                ORDER BY v.version
                """)
            .params(last.prompt, last.version)
            .query((row, number) -> row.getInt("version"))
            .list();
    for (int number : missing) {
      PromptVersion version = versions.find(last.prompt, number).orElseThrow();
      // Both were published before this version, so the recursion ends.
      sourcesWithoutAuthors(last.prompt, version).forEach(this::addMissing);
      add(last.prompt, version);
    }
  }

  /**
   * Returns the versions that a version includes, and the earlier ones with the same content, of
   * which no authors are kept yet.
   */
  private List<VersionKey> sourcesWithoutAuthors(UUID prompt, PromptVersion version) {
    return sql.sql(
            """
            WITH source (prompt_id, version) AS (
              SELECT prompt_id, version FROM prompt_version
              WHERE digest = :digest AND created_at < :createdAt
              UNION
              SELECT included_id, included_version FROM prompt_inclusion
              WHERE prompt_id = :prompt AND version = :version
            )
            SELECT v.prompt_id, v.version FROM source s JOIN prompt_version v
              ON v.prompt_id = s.prompt_id AND v.version = s.version
            WHERE NOT EXISTS (
              SELECT FROM prompt_words w WHERE w.prompt_id = v.prompt_id AND w.version = v.version)
            ORDER BY v.created_at
            """)
        .param("digest", version.digest().hex())
        .param("createdAt", version.createdAt().atOffset(ZoneOffset.UTC))
        .param("prompt", prompt)
        .param("version", version.version())
        .query(PromptAuthors::readKey)
        .list();
  }

  private static VersionKey readKey(ResultSet row, int number) throws SQLException {
    return new VersionKey(row.getObject("prompt_id", UUID.class), row.getInt("version"));
  }

  private void add(UUID prompt, PromptVersion version) {
    SortedSet<String> publishers = new TreeSet<>(authorsOf(version.digest()));
    SortedSet<String> authors = new TreeSet<>(publishers);
    version.includes().forEach(each -> authors.addAll(authorsOf(each.digest())));
    byte[] brought = {};
    if (areFewEnough(prompt)) {
      WordRuns runs = WordRuns.of(version.content());
      authors.addAll(removeKnown(runs, prompt, version.version()));
      brought = runs.toBytes();
    } else {
      authors.addAll(authorsOfAllWords(prompt));
    }
    insertWords(prompt, version.version(), publishers, brought);
    insertAuthors(version.digest(), authors);
  }

  /**
   * Removes the runs that earlier versions of a prompt have, so that those that the version brings
   * are left.
   *
   * @return the authors of the removed runs
   */
  private Set<String> removeKnown(WordRuns runs, UUID prompt, int version) {
    Set<String> authors = new HashSet<>();
    sql.sql(
            """
            SELECT authors, runs FROM prompt_words
            WHERE prompt_id = ? AND version < ? AND runs <> ''
            """)
        .params(prompt, version)
        .query(row -> {
          if (runs.remove(row.getBytes("runs"))) {
            authors.addAll(Columns.texts(row, "authors"));
          }
        });
    return authors;
  }

  /** Returns the known authors of a content and everybody who published it. */
  private List<String> authorsOf(Digest digest) {
    return sql.sql(
            """
            SELECT author FROM prompt_author WHERE digest = :digest
            UNION SELECT author FROM prompt_version WHERE digest = :digest
            ORDER BY author
            """)
        .param("digest", digest.hex())
        .query((row, number) -> row.getString("author"))
        .list();
  }

  private List<String> authorsOfAllWords(UUID prompt) {
    return sql.sql(
            "SELECT DISTINCT unnest(authors) AS author FROM prompt_words WHERE prompt_id = ?")
        .param(prompt)
        .query((row, number) -> row.getString("author"))
        .list();
  }

  private boolean areFewEnough(UUID prompt) {
    return sql.sql(
            """
            SELECT count(*) < ? AND coalesce(sum(octet_length(runs)), 0) <= ?
            FROM prompt_words WHERE prompt_id = ? AND runs <> ''
            """)
        .params(MAX_VERSIONS, MAX_BYTES, prompt)
        .query(Boolean.class)
        .single();
  }

  private void insertWords(UUID prompt, int version, Collection<String> authors, byte[] runs) {
    sql.sql(
            """
            INSERT INTO prompt_words (workspace_id, prompt_id, version, authors, runs)
            VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING
            """)
        .params(Caller.current().workspace(), prompt, version, authors.toArray(String[]::new), runs)
        .update();
  }

  private void insertAuthors(Digest digest, Collection<String> authors) {
    sql.sql(
            """
            INSERT INTO prompt_author (workspace_id, digest, author) SELECT ?, ?, unnest(?::text[])
            ON CONFLICT DO NOTHING
            """)
        .params(Caller.current().workspace(), digest.hex(), authors.toArray(String[]::new))
        .update();
  }
}
