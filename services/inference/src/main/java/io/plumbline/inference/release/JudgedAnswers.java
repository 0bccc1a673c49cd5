package io.plumbline.inference.release;

import io.plumbline.inference.InferenceProblem;
import io.plumbline.inference.apikey.ApiKeyScope;
import io.plumbline.inference.variant.Variant;
import io.plumbline.platform.identity.Caller;
import io.plumbline.platform.problem.Problem;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * Finds the answers that feedback judges. People and services may judge every answer of the
 * workspace, an API key only the answers of the applications and variants in its scope. The id of a
 * bare model's answer does not say which model it was, so no key may judge one.
 */
@Component
class JudgedAnswers {

  private final ResponseIds ids;
  private final Releases releases;

  JudgedAnswers(ResponseIds ids, Releases releases) {
    this.ids = ids;
    this.releases = releases;
  }

  /**
   * Returns the origin of an answer.
   *
   * @throws Problem when the caller may not judge an answer of that id; a caller with a key does
   *     not learn whether there is one
   */
  ResponseIds.Origin findOrigin(String responseId) {
    Optional<ResponseIds.Origin> found = ids.readOrigin(Caller.current().workspace(), responseId);
    return ApiKeyScope.current()
        .map(scope ->
            found
                .filter(origin -> isWithin(scope, origin))
                .orElseThrow(() -> outOfScopeProblem(scope)))
        .or(() -> found)
        .orElseThrow(() ->
            Problem.invalid(
                "/responseId", "must be the id of a response to a call of this workspace"));
  }

  private boolean isWithin(ApiKeyScope scope, ResponseIds.Origin origin) {
    return callableModelName(origin).filter(scope::allowsModel).isPresent();
  }

  /** Returns the model name of calls that get such an answer; empty for a bare model's. */
  private Optional<String> callableModelName(ResponseIds.Origin origin) {
    if (origin.releaseId() != null) {
      return releases
          .findById(origin.releaseId())
          .map(each -> ApiKeyScope.APPLICATION_PREFIX + each.application());
    }
    return Optional.ofNullable(origin.variant())
        .map(variant -> Variant.MODEL_PREFIX + variant.hex());
  }

  private static Problem outOfScopeProblem(ApiKeyScope scope) {
    List<String> names =
        scope.allowedNames().stream()
            .filter(name -> name.startsWith(Variant.MODEL_PREFIX) || !scope.models().contains(name))
            .toList();
    return new Problem(
            InferenceProblem.OUT_OF_SCOPE,
            "No application or variant in the scope of the API key gave an answer of this id.")
        .withFieldError("/responseId", expectedIdsMessage(names));
  }

  private static String expectedIdsMessage(List<String> names) {
    if (names.isEmpty()) {
      return "must be the id of an answer of an application or a variant, of which the scope of the"
          + " API key names none";
    }
    return "must be the id of an answer of what the scope of the API key names: "
        + String.join(", ", names);
  }
}
