package io.plumbline.promptregistry.prompt;

import io.plumbline.contracts.Digest;
import io.plumbline.contracts.PromptRegistryEvent.PromptCreated;
import io.plumbline.contracts.PromptRegistryEvent.PromptDescribed;
import io.plumbline.contracts.PromptRegistryEvent.PromptVersionPublished;
import io.plumbline.platform.digest.CanonicalJson;
import io.plumbline.platform.digest.Ids;
import io.plumbline.platform.event.Outbox;
import io.plumbline.platform.identity.Caller;
import io.plumbline.platform.limit.Quota;
import io.plumbline.platform.problem.Problem;
import io.plumbline.platform.web.IfMatch;
import io.plumbline.promptregistry.lint.Finding;
import io.plumbline.promptregistry.lint.Lint;
import io.plumbline.prompttemplate.content.PromptContent;
import io.plumbline.prompttemplate.content.Violation;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Creates prompts and publishes their versions. */
@Service
public class PromptCatalog {

  private final Prompts prompts;
  private final PromptVersions versions;
  private final PartialResolver partials;
  private final PromptAuthors authors;
  private final Outbox outbox;
  private final ApplicationEventPublisher changes;
  private final Clock clock;
  private final Quota quota;

  PromptCatalog(
      Prompts prompts,
      PromptVersions versions,
      PartialResolver partials,
      PromptAuthors authors,
      Outbox outbox,
      ApplicationEventPublisher changes,
      Clock clock,
      Quota quota) {
    this.prompts = prompts;
    this.versions = versions;
    this.partials = partials;
    this.authors = authors;
    this.outbox = outbox;
    this.changes = changes;
    this.clock = clock;
    this.quota = quota;
  }

  @Bean
  static Quota promptQuota(
      JdbcClient sql, @Value("${plumbline.prompts.per-workspace:10000}") long perWorkspace) {
    return new Quota(sql, "plumbline.prompts.per-workspace", perWorkspace);
  }

  @Transactional
  public Prompt create(PromptName name, String description, List<String> tags) {
    Caller caller = Caller.current();
    quota.lock("");
    if (prompts.existsByName(name.value())) {
      throw nameTakenProblem(name);
    }
    quota.requireRoom(
        "The workspace",
        "prompts",
        "Publish a version of a prompt that exists.",
        "prompt WHERE workspace_id = ?",
        caller.workspace());
    Prompt prompt =
        new Prompt(
            Ids.next(),
            caller.workspace(),
            name,
            description,
            tags,
            caller.actor(),
            clock.instant());
    try {
      prompt = prompts.saveAndFlush(prompt);
    } catch (DataIntegrityViolationException concurrent) {
      throw nameTakenProblem(name);
    }
    outbox.append(
        new PromptCreated(name.value(), tags, Digest.ofText(description)),
        name.value(),
        prompt.aggregateVersion());
    return prompt;
  }

  @Transactional
  public Prompt update(String name, String description, List<String> tags, IfMatch ifMatch) {
    Prompt prompt = prompts.findForChangeByName(name).orElseThrow(Problem::notFound);
    ifMatch.require(prompt.revision());
    long before = prompt.aggregateVersion();
    prompt.updateDescription(description, tags);
    Prompt saved = prompts.saveAndFlush(prompt);
    if (saved.aggregateVersion() > before) {
      outbox.append(
          new PromptDescribed(name, tags, Digest.ofText(description)),
          name,
          saved.aggregateVersion());
    }
    return saved;
  }

  /**
   * Publishes a version.
   *
   * @param lintReason why a content with errors of the linter is published nevertheless; absent for
   *     a content without errors
   * @param parent the version that the author started from; the latest when absent
   */
  @Transactional
  public PromptVersion publish(
      String name,
      WrittenContent written,
      String message,
      @Nullable String lintReason,
      @Nullable Integer parent) {
    Prompt prompt = prompts.findForChangeByName(name).orElseThrow(Problem::notFound);
    ResolvedContent resolved = partials.resolve(name, written);
    requireValid(resolved.violations());
    PromptContent content = resolved.content();
    if (parent != null && parent != prompt.latestVersion()) {
      throw new Problem(
          PromptProblem.STALE_PARENT,
          ("Parent %d is not the latest version, which is %d. Compare your content with version"
                  + " %d, then publish with parent %d.")
              .formatted(
                  parent, prompt.latestVersion(), prompt.latestVersion(), prompt.latestVersion()));
    }
    checkLintReason(Lint.errors(content), lintReason);
    PromptVersion previous = versions.find(prompt.id(), prompt.latestVersion()).orElse(null);
    PromptVersion version =
        new PromptVersion(
            name,
            prompt.addVersion(content),
            CanonicalJson.digest(content),
            previous == null ? null : previous.version(),
            previous == null ? null : previous.digest(),
            Caller.current().actor(),
            message,
            lintReason,
            clock.instant(),
            content,
            resolved.includes());
    if (previous != null && previous.digest().equals(version.digest())) {
      throw new Problem(
          PromptProblem.UNCHANGED,
          "The content is the same as that of version %d. Use that version, or change the content."
              .formatted(previous.version()));
    }
    versions.add(prompt.id(), version);
    long eventVersion = prompts.saveAndFlush(prompt).aggregateVersion();
    outbox.append(
        new PromptVersionPublished(
            name,
            version.version(),
            version.digest(),
            version.parentDigest(),
            version.author(),
            message,
            lintReason,
            authors.of(prompt.id(), version)),
        name,
        eventVersion);
    changes.publishEvent(new PromptChanged(Caller.current().workspace(), name));
    return version;
  }

  /** Returns the authors of a content, none of whom may approve what is made of it. */
  @Transactional
  public List<String> authors(Digest digest) {
    List<String> found = authors.of(digest);
    if (found.isEmpty()) {
      throw Problem.notFound();
    }
    return found;
  }

  private static void requireValid(List<Violation> violations) {
    if (!violations.isEmpty()) {
      Problem problem =
          new Problem(
              PromptProblem.INVALID_CONTENT,
              "The content of the version is not valid. Correct the fields that errors lists, then"
                  + " publish again.");
      violations.forEach(
          violation -> problem.withFieldError(violation.pointer(), violation.detail()));
      throw problem;
    }
  }

  private static void checkLintReason(List<Finding> errors, @Nullable String lintReason) {
    if (errors.isEmpty()) {
      if (lintReason != null) {
        throw new Problem(
                PromptProblem.INVALID_CONTENT,
                "The linter finds no error in this version. Publish it without a lintReason.")
            .withFieldError(
                "/lintReason", "must be absent: the linter finds no error in this version");
      }
    } else if (lintReason == null) {
      Problem problem =
          new Problem(
              PromptProblem.LINT_ERRORS,
              "The linter finds errors in this version. Correct what errors lists, or say in"
                  + " lintReason why the version is published as it is. The reason is kept with the"
                  + " version.");
      errors.forEach(error -> problem.withFieldError(error.pointer(), error.detail()));
      throw problem;
    }
  }

  private static Problem nameTakenProblem(PromptName name) {
    return new Problem(
            PromptProblem.NAME_TAKEN,
            ("A prompt named '%s' already exists. Publish a version of that prompt, or choose"
                    + " another name.")
                .formatted(name.value()))
        .withFieldError("/name", "'%s' is the name of an existing prompt".formatted(name.value()));
  }
}
