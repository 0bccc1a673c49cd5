package io.plumbline.modelregistry.projection;

import io.plumbline.contracts.state.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What was found of a model in each application that serves it in a variant.
 *
 * @param findings the newest of an application first
 */
public record ModelEvidence(List<Finding> findings) {

  /** Where a finding comes from. */
  public enum Source {
    /** A verdict by criteria. */
    VERDICT,
    /** A canary that its guard or a person halted. */
    CANARY
  }

  /**
   * @param id of the verdict, or of the release whose canary was halted
   * @param inForce whether it is by the criteria that the application has in force
   */
  public record Finding(
      String application, Source source, String id, Outcome outcome, boolean inForce) {

    private boolean passed() {
      return source == Source.VERDICT && outcome == Outcome.PASS;
    }

    /** An inconclusive verdict takes nothing back: what stood against the model still does. */
    private boolean decides() {
      return source == Source.CANARY || outcome != Outcome.INCONCLUSIVE;
    }

    private String described() {
      return switch (source) {
        case VERDICT -> "verdict %s is %s".formatted(id, outcome);
        case CANARY -> "the canary of release %s was halted".formatted(id);
      };
    }
  }

  public ModelEvidence {
    findings = List.copyOf(findings);
  }

  /** Whether an application's newest finding is a PASS by the criteria that it has in force. */
  public boolean passed() {
    return byApplication().values().stream()
        .map(List::getFirst)
        .anyMatch(newest -> newest.passed() && newest.inForce());
  }

  /** What stands against the model, one sentence for each application: no later PASS answers it. */
  public List<String> against() {
    return byApplication().values().stream()
        .flatMap(found -> found.stream().filter(Finding::decides).limit(1))
        .filter(last -> !last.passed())
        .map(last ->
            "a PASS verdict in application %s that is newer than this: %s"
                .formatted(last.application(), last.described()))
        .toList();
  }

  private Map<String, List<Finding>> byApplication() {
    Map<String, List<Finding>> found = new TreeMap<>();
    findings.forEach(
        each -> found.computeIfAbsent(each.application(), name -> new ArrayList<>()).add(each));
    return found;
  }
}
