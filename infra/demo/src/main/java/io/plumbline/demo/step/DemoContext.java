package io.plumbline.demo.step;

import io.plumbline.demo.api.Access;
import io.plumbline.demo.api.ApiResponse;
import io.plumbline.demo.api.ApiUser;
import io.plumbline.demo.api.StepFailed;
import io.plumbline.demo.driver.ApplicationDriver;
import io.plumbline.demo.driver.DatasetDriver;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The state that the steps pass on to each other: the users, and what has been created so far. */
public final class DemoContext {

  /** A variant under comparison, with the run that measured it. */
  public record Candidate(String name, String component, String variantDigest, String runId) {}

  private static final double MIN_CHANCE = 0.99;

  public final ApiUser ada;
  public final ApiUser ben;
  public final ApiUser cleo;
  public final ApiUser root;
  public final StepLog log;
  public final DemoSize size;
  private int changes;
  private @Nullable OutcomeProbabilities chances;
  private final Map<String, String> values = new LinkedHashMap<>();
  private final Map<String, Candidate> candidates = new LinkedHashMap<>();

  /** Runs over validation rows, by the name of the variant. */
  private final Map<String, JsonNode> explored = new HashMap<>();

  public DemoContext(Access access, StepLog log) {
    this(access, log, DemoSize.FULL);
  }

  public DemoContext(Access access, StepLog log, DemoSize size) {
    this.ada = new ApiUser(access, "ada");
    this.ben = new ApiUser(access, "ben");
    this.cleo = new ApiUser(access, "cleo");
    this.root = new ApiUser(access, "root");
    this.log = log;
    this.size = size;
  }

  /** Returns the application in the hands of ada and ben. */
  public ApplicationDriver driver() {
    return new ApplicationDriver(application(), ada, ben);
  }

  /** Returns a dataset in the hands of ada. */
  public DatasetDriver dataset(String name) {
    return new DatasetDriver(ada, name);
  }

  /**
   * Records that the step does something, rather than finding it done. What ada creates is counted
   * without it.
   */
  public void recordChange() {
    changes++;
  }

  /** Returns how often something was done so far. */
  public int changeCount() {
    return changes + ada.createdCount();
  }

  /** Returns whether ada can read what a path names. */
  public boolean exists(String path) {
    ApiResponse apiResponse = ada.get(path);
    if (apiResponse.status() != 404) {
      apiResponse.expect(200);
    }
    return apiResponse.status() == 200;
  }

  /** Returns the first item of a list, as the platform orders it, that is as wanted. */
  public Optional<JsonNode> find(String path, Predicate<JsonNode> wanted) {
    return ada.items(path).stream().filter(wanted).findFirst();
  }

  /** Keeps a value for later steps. */
  public void put(String name, String value) {
    values.put(name, value);
  }

  /**
   * Returns a value that an earlier step kept.
   *
   * @throws StepFailed when no step kept it
   */
  public String get(String name) {
    String value = values.get(name);
    if (value == null) {
      throw new StepFailed(
          "No earlier step of this run left the value '" + name + "', which this step needs.");
    }
    return value;
  }

  public boolean has(String name) {
    return values.containsKey(name);
  }

  public String application() {
    return get("application");
  }

  /** Returns the run of a variant over validation rows, by the name of the variant. */
  public JsonNode validationRun(String name) {
    JsonNode run = explored.get(name);
    if (run == null) {
      throw new StepFailed(
          "No earlier step made a run of "
              + name
              + " over validation rows, which this step needs.");
    }
    return run;
  }

  void recordValidationRun(String name, JsonNode run) {
    explored.put(name, run);
  }

  /**
   * Prints the probability that the verdicts have the expected outcomes, and keeps it for the
   * summary. The full demo requires {@value #MIN_CHANCE}.
   */
  public void reportProbabilities(OutcomeProbabilities expected) {
    chances = expected;
    log.print(
        "by %,d resamples of validation items, at the measured quality: %s"
            .formatted(OutcomeProbabilities.RESAMPLES, expected.asText()));
    if (size == DemoSize.FULL) {
      check(
          expected.joint() >= MIN_CHANCE,
          "the verdicts have these outcomes with a probability of at least 99%");
    }
  }

  /** Returns what {@link #reportProbabilities} printed; empty before. */
  public Optional<OutcomeProbabilities> outcomeProbabilities() {
    return Optional.ofNullable(chances);
  }

  public void addCandidate(Candidate candidate) {
    candidates.put(candidate.name(), candidate);
  }

  public Map<String, Candidate> candidates() {
    return candidates;
  }

  public Candidate candidate(String name) {
    Candidate candidate = candidates.get(name);
    if (candidate == null) {
      throw new StepFailed("No earlier step made the variant " + name + ", which this step needs.");
    }
    return candidate;
  }

  /**
   * Checks a condition of the step. When it holds, its sentence is printed with a tick.
   *
   * @param what the condition as a sentence, true when it holds
   * @throws StepFailed when the condition does not hold
   */
  public void check(boolean condition, String what) {
    if (!condition) {
      throw new StepFailed("This did not hold: " + what);
    }
    log.printPassed(what);
  }
}
