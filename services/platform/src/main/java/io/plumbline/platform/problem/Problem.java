package io.plumbline.platform.problem;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ProblemDetail;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonPointer;

/**
 * An exception that ends a request with an RFC 9457 problem. The detail says what was wrong and
 * what to do.
 */
public final class Problem extends RuntimeException {

  /** A wrong field: an RFC 6901 pointer into the body, or the name of a parameter. */
  public record FieldError(String pointer, String detail) {}

  /** The remedy of a resource that is not found. The answer names what the path asked for. */
  static final String CHECK_NAME =
      "Check the name or id; only resources of your own workspace are visible.";

  private final transient ProblemType type;
  private final transient List<FieldError> errors = new ArrayList<>();
  private final transient List<String> missing = new ArrayList<>();
  private @Nullable Duration retryAfter;

  public Problem(ProblemType type, String detail) {
    super(detail);
    this.type = type;
  }

  /** Returns the problem of a path whose resource does not exist in the caller's workspace. */
  public static Problem notFound() {
    return new Problem(CommonProblem.NOT_FOUND, CHECK_NAME);
  }

  /**
   * Returns the problem of a reference in a body to a resource that no event has brought to this
   * service yet. The event may be under way, or the reference may be wrong or name a resource of
   * another workspace.
   */
  public static Problem notYetKnown(String pointer) {
    return new Problem(
            CommonProblem.NOT_YET_KNOWN,
            "The request refers to a resource that this service does not know. If you have just"
                + " created it, try again in a second; otherwise correct the reference.")
        .withFieldError(pointer, "refers to a resource that this service does not know")
        .retryAfter(Duration.ofSeconds(1));
  }

  /**
   * Returns the problem of a name in a body that no event has brought to this service yet. Its
   * detail repeats the name.
   *
   * @param kind the kind of resource, such as {@code application}
   */
  public static Problem notYetKnown(String pointer, String kind, String name) {
    return new Problem(
            CommonProblem.NOT_YET_KNOWN,
            "There is no %s '%s' in your workspace: correct the name, or try again in a second if it was just created."
                .formatted(kind, name))
        .withFieldError(pointer, "names no %s that this service knows".formatted(kind))
        .retryAfter(Duration.ofSeconds(1));
  }

  public static Problem invalid(String pointer, String detail) {
    return invalid().withFieldError(pointer, detail);
  }

  /** Returns a problem that is completed by {@link #withFieldError}. */
  static Problem invalid() {
    return new Problem(CommonProblem.INVALID, "Correct the fields or parameters listed in errors.");
  }

  /**
   * Returns the RFC 6901 pointer to the value at which reading JSON ended; empty for the whole
   * document.
   */
  public static String pointer(JacksonException cause) {
    JsonPointer pointer = JsonPointer.empty();
    for (JacksonException.Reference step : cause.getPath()) {
      pointer = append(pointer, step);
    }
    return pointer.toString();
  }

  private static JsonPointer append(JsonPointer pointer, JacksonException.Reference step) {
    if (step.getPropertyName() == null) {
      return pointer.appendIndex(step.getIndex());
    }
    return pointer.appendProperty(step.getPropertyName());
  }

  /** Adds a wrong field or parameter, with what is wrong with it and what to do. */
  public Problem withFieldError(String pointer, String detail) {
    errors.add(new FieldError(pointer, detail));
    return this;
  }

  /** Adds the names of evidence that a gate did not find. */
  public Problem missing(List<String> evidence) {
    missing.addAll(evidence);
    return this;
  }

  public Problem retryAfter(Duration delay) {
    retryAfter = delay;
    return this;
  }

  public ProblemType type() {
    return type;
  }

  public List<FieldError> errors() {
    return List.copyOf(errors);
  }

  public List<String> missing() {
    return List.copyOf(missing);
  }

  public Optional<Duration> retryAfter() {
    return Optional.ofNullable(retryAfter);
  }

  public ProblemDetail body() {
    ProblemDetail body = ProblemBodies.body(type, String.valueOf(getMessage()));
    if (!errors.isEmpty()) {
      body.setProperty("errors", List.copyOf(errors));
    }
    if (!missing.isEmpty()) {
      body.setProperty("missing", List.copyOf(missing));
    }
    return body;
  }
}
