package io.plumbline.demo.step;

import io.plumbline.demo.api.ApiResponse;
import io.plumbline.demo.step.DemoContext.Candidate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * A step that takes the recommended variant to production: never without a verdict, never approved
 * by its author.
 */
public final class ReleaseStep implements Step {

  private static final List<String> ENDED = List.of("REJECTED", "BLOCKED", "ROLLED_BACK");

  @Override
  public String title() {
    return "Release the recommended variant: verdict, request, self-approval refused, approved by"
        + " the second person";
  }

  @Override
  public void run(DemoContext demo) {
    Candidate chosen = demo.candidate(demo.get("chosen"));
    String release = find(demo, chosen).orElseGet(() -> requestRelease(demo, chosen));
    Approvals.approve(demo, release, "The verdict passed on pre-registered criteria");
    demo.driver().awaitRelease(release, "ACTIVE");
    demo.put("release", release);
    demo.check(true, "release " + release + " is active in production");
  }

  /** Returns the release of a candidate that was requested and has not ended. */
  public static Optional<String> find(DemoContext demo, Candidate candidate) {
    return demo.find(
            "/api/releases?limit=100&application=" + demo.application(),
            each ->
                each.at("/variantDigest").asString("").equals(candidate.variantDigest())
                    && !ENDED.contains(each.at("/state").asString()))
        .map(each -> each.at("/releaseId").asString());
  }

  private static String requestRelease(DemoContext demo, Candidate chosen) {
    ApiResponse without = demo.driver().requestRelease(chosen.variantDigest(), Map.of());
    demo.check(
        without.status() == 409, "a release without its verdict is refused: " + without.problem());
    JsonNode verdict = Evaluations.findOrRequestVerdict(demo, "RELEASE", chosen);
    demo.log.print(
        "release verdict: "
            + Evaluations.outcome(verdict)
            + " "
            + Evaluations.reasonsText(verdict));
    return demo.driver()
        .requestRelease(
            chosen.variantDigest(), Map.of("verdictId", verdict.at("/verdictId").asString()))
        .expect(202)
        .text("/releaseId");
  }
}
