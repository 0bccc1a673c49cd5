package io.plumbline.promptregistry.prompt;

import io.plumbline.promptregistry.inclusion.Inclusion;
import io.plumbline.promptregistry.inclusion.Inclusions;
import io.plumbline.prompttemplate.content.ContentRules;
import io.plumbline.prompttemplate.content.Partial;
import io.plumbline.prompttemplate.content.Violation;
import io.plumbline.prompttemplate.template.Template;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Finds the partials that a draft includes, and says why it cannot be published. */
@Component
public class PartialResolver {

  private final PromptSearch search;
  private final Inclusions inclusions;

  PartialResolver(PromptSearch search, Inclusions inclusions) {
    this.search = search;
    this.inclusions = inclusions;
  }

  /**
   * Resolves the partials of a draft.
   *
   * @param prompt the prompt that the draft is to become a version of; absent for a draft of none,
   *     which nothing can include
   */
  @Transactional(readOnly = true)
  public ResolvedContent resolve(@Nullable String prompt, WrittenContent written) {
    List<Violation> violations = new ArrayList<>();
    List<Inclusion> includes = new ArrayList<>();
    Map<String, Partial> found = new HashMap<>();
    new TreeMap<>(written.partials())
        .forEach((name, reference) -> {
          Optional<Violation> refused = formViolation(name, reference);
          if (refused.isPresent()) {
            violations.add(refused.get());
            return;
          }
          findVersion(reference)
              .ifPresentOrElse(
                  version -> {
                    Optional<Violation> cycle = cycleViolation(prompt, name, version);
                    cycle.ifPresent(violations::add);
                    found.put(name, new Partial(version.digest().hex(), version.content()));
                    includes.add(
                        new Inclusion(
                            name,
                            version.prompt(),
                            version.version(),
                            version.digest(),
                            reference.label()));
                  },
                  () -> violations.add(missingViolation(name, reference)));
        });
    Set<String> unresolved =
        written.partials().keySet().stream()
            .filter(name -> !found.containsKey(name))
            .collect(Collectors.toSet());
    ContentRules.Checked checked =
        ContentRules.completeAndCheck(written.content().withPartials(found), unresolved);
    violations.addAll(checked.violations());
    return new ResolvedContent(checked.content(), includes, violations);
  }

  private static Optional<Violation> formViolation(String name, PartialReference reference) {
    if (!Template.isPartialName(name)) {
      return Optional.of(
          new Violation(
              "/partials",
              ("'%s' is not a name for a partial; use up to 63 letters, digits, hyphens and"
                      + " underscores, beginning with a letter")
                  .formatted(name)));
    }
    if ((reference.version() == null) == (reference.label() == null)) {
      return Optional.of(
          new Violation(pointer(name, ""), "must have either a version or a label of the prompt"));
    }
    return Optional.empty();
  }

  private Optional<PromptVersion> findVersion(PartialReference reference) {
    Integer version = reference.version();
    if (version != null) {
      return search.version(reference.prompt(), version);
    }
    return Optional.ofNullable(reference.label())
        .flatMap(label -> search.version(reference.prompt(), new Label(label)));
  }

  private Violation missingViolation(String name, PartialReference reference) {
    Optional<PromptView> prompt = search.find(reference.prompt());
    if (prompt.isEmpty()) {
      return new Violation(
          pointer(name, "/prompt"),
          "there is no prompt '%s'; create it, or name another".formatted(reference.prompt()));
    }
    if (prompt.get().latestVersion() == 0) {
      return new Violation(
          pointer(name, "/prompt"),
          "the prompt '%s' has no version yet; publish one".formatted(reference.prompt()));
    }
    if (reference.version() != null) {
      return new Violation(
          pointer(name, "/version"),
          "the prompt '%s' has no version %d; its latest is %d"
              .formatted(reference.prompt(), reference.version(), prompt.get().latestVersion()));
    }
    return new Violation(
        pointer(name, "/label"),
        "the prompt '%s' has no label '%s'; it has %s"
            .formatted(reference.prompt(), reference.label(), labelNames(prompt.get())));
  }

  private static String labelNames(PromptView prompt) {
    List<String> names = new ArrayList<>(prompt.labels().keySet());
    names.add(Label.LATEST.value());
    return names.stream().sorted().collect(Collectors.joining(", "));
  }

  /**
   * Returns the violation of a prompt that would include itself. Versions cannot include each other
   * in a circle, but their prompts could.
   */
  private Optional<Violation> cycleViolation(
      @Nullable String prompt, String name, PromptVersion included) {
    if (prompt == null) {
      return Optional.empty();
    }
    return inclusions
        .inclusionPath(included.prompt(), included.version(), prompt)
        .map(path ->
            new Violation(
                pointer(name, ""),
                ("makes a cycle: %s → %s; a prompt cannot include itself: write the text out,"
                        + " or include another prompt")
                    .formatted(prompt, String.join(" → ", path))));
  }

  private static String pointer(String name, String field) {
    return "/partials/" + name + field;
  }
}
