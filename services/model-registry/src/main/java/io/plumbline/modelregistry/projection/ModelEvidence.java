package io.plumbline.modelregistry.projection;

import io.plumbline.contracts.state.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The findings about a model in each application that serves it in a variant.
 *
 * @param findings the findings, the newest of an application first
 */
public record ModelEvidence(List<Finding> findings) {

  /** The source of a finding. */
  public enum Source {
    /** A verdict by criteria. */
    VERDICT,
    /** A canary that its guard or a person halted. */
    CANARY
  }

  /**
   * A verdict or a halted canary of one application.
   *
   * @param id the id of the verdict, or of the release whose canary was halted
   * @param inForce whether it is by the criteria that the application has in force
   */
  public record Finding(
      String application, Source source, String id, Outcome outcome, boolean inForce) {

    private boolean hasPassed() {
      return source == Source.VERDICT && outcome == Outcome.PASS;
    }

    /** Returns whether the finding replaces earlier findings; an inconclusive verdict does not. */
    private boolean isConclusive() {
      return source == Source.CANARY || outcome != Outcome.INCONCLUSIVE;
    }

    private String description() {
      return switch (source) {
        case VERDICT -> "verdict %s is %s".formatted(id, outcome);
        case CANARY -> "the canary of release %s was halted".formatted(id);
      };
    }
  }

  public ModelEvidence {
    findings = List.copyOf(findings);
  }

  /** Returns whether an application's newest finding is a PASS by its criteria in force. */
  public boolean hasPassed() {
    return byApplication().values().stream()
        .map(List::getFirst)
        .anyMatch(newest -> newest.hasPassed() && newest.inForce());
  }

  /**
   * Returns the findings against the model: one for each application whose newest conclusive
   * finding is not a PASS. Each text names the finding and the newer PASS verdict that the
   * application needs.
   */
  public List<String> findingsAgainst() {
    return byApplication().values().stream()
        .flatMap(found -> found.stream().filter(Finding::isConclusive).limit(1))
        .filter(last -> !last.hasPassed())
        .map(last ->
            "a PASS verdict in application %s that is newer than this: %s"
                .formatted(last.application(), last.description()))
        .toList();
  }

  private Map<String, List<Finding>> byApplication() {
    Map<String, List<Finding>> found = new TreeMap<>();
    findings.forEach(
        each -> found.computeIfAbsent(each.application(), name -> new ArrayList<>()).add(each));
    return found;
  }
}
