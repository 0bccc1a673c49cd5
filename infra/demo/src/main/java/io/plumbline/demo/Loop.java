package io.plumbline.demo;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/** What the steps hand on to each other: the people, and what came into being so far. */
public final class Loop {

  /** A variant under comparison, with the run that measured it. */
  public record Candidate(String name, String component, String variantDigest, String runId) {}

  public final Person ada;
  public final Person ben;
  public final Person cleo;
  public final Console console;
  private final Map<String, String> facts = new LinkedHashMap<>();
  private final Map<String, Candidate> candidates = new LinkedHashMap<>();

  Loop(Access access, Console console) {
    this.ada = new Person(access, "ada");
    this.ben = new Person(access, "ben");
    this.cleo = new Person(access, "cleo");
    this.console = console;
  }

  public void put(String name, String value) {
    facts.put(name, value);
  }

  public String get(String name) {
    String value = facts.get(name);
    if (value == null) {
      throw new StepFailed("an earlier step left no " + name);
    }
    return value;
  }

  public boolean has(String name) {
    return facts.containsKey(name);
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

  /** Holds what must be: the step fails when it is not. */
  public void check(boolean holds, String what) {
    if (!holds) {
      throw new StepFailed(what);
    }
    console.held(what);
  }
}
