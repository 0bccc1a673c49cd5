package io.plumbline.demo.step;

import io.plumbline.demo.api.Access;
import io.plumbline.demo.api.ApiUser;
import io.plumbline.demo.api.StepFailed;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/** What the steps pass on to each other: the users, and what has been created so far. */
public final class DemoContext {

  /** A variant under comparison, with the run that measured it. */
  public record Candidate(String name, String component, String variantDigest, String runId) {}

  public final ApiUser ada;
  public final ApiUser ben;
  public final ApiUser cleo;
  public final ApiUser root;
  public final Console console;
  private final Map<String, String> values = new LinkedHashMap<>();
  private final Map<String, Candidate> candidates = new LinkedHashMap<>();

  public DemoContext(Access access, Console console) {
    this.ada = new ApiUser(access, "ada");
    this.ben = new ApiUser(access, "ben");
    this.cleo = new ApiUser(access, "cleo");
    this.root = new ApiUser(access, "root");
    this.console = console;
  }

  public void put(String name, String value) {
    values.put(name, value);
  }

  public String get(String name) {
    String value = values.get(name);
    if (value == null) {
      throw new StepFailed("an earlier step left no " + name);
    }
    return value;
  }

  public boolean has(String name) {
    return values.containsKey(name);
  }

  public String application() {
    return get("application");
  }

  public UUID id(String name) {
    return UUID.fromString(get(name));
  }

  public void add(Candidate candidate) {
    candidates.put(candidate.name(), candidate);
  }

  public Map<String, Candidate> candidates() {
    return candidates;
  }

  public Candidate candidate(String name) {
    Candidate candidate = candidates.get(name);
    if (candidate == null) {
      throw new StepFailed("an earlier step made no variant " + name);
    }
    return candidate;
  }

  /** Prints a condition that is met; the step fails when it is not. */
  public void check(boolean condition, String what) {
    if (!condition) {
      throw new StepFailed(what);
    }
    console.passed(what);
  }
}
