package io.plumbline.demo.step;

import io.plumbline.demo.api.Answer;
import io.plumbline.demo.step.DemoContext.Candidate;
import java.time.Duration;
import java.util.Map;

/**
 * The recommended variant goes to production: never without a verdict, never approved by its
 * author.
 */
public final class ReleaseStep implements Step {

  @Override
  public String title() {
    return "Release the recommended variant: verdict, request, self-approval refused, approved by"
        + " the second person";
  }

  @Override
  public void run(DemoContext demo) {
    Candidate chosen = demo.candidate(demo.get("chosen"));
    Answer without =
        demo.ada.post(
            "/api/releases",
            Map.of(
                "application",
                demo.application(),
                "environment",
                "production",
                "variantDigest",
                chosen.variantDigest()));
    demo.check(
        without.status() == 409, "a release without its verdict is refused: " + without.problem());

    Answer verdict = Evaluations.verdict(demo, "RELEASE", chosen);
    demo.console.print(
        "release verdict: " + verdict.text("/outcome") + " " + Evaluations.reasons(verdict));
    String release =
        demo.ada
            .post(
                "/api/releases",
                Map.of(
                    "application",
                    demo.application(),
                    "environment",
                    "production",
                    "variantDigest",
                    chosen.variantDigest(),
                    "verdictId",
                    verdict.text("/verdictId")))
            .expect(202)
            .text("/releaseId");
    String approval = Approvals.pending(demo, release);
    Answer own = Approvals.decide(demo.ada, approval, "it is good");
    demo.check(own.status() == 403, "self-approval is refused: " + own.problem());
    Approvals.approve(demo, approval, "The verdict passed on pre-registered criteria");
    demo.ada.await(
        "the release to be active",
        Duration.ofSeconds(20),
        "/api/releases/" + release,
        each -> each.at("/state").asString().equals("ACTIVE"));
    demo.put("release", release);
    demo.check(true, "ben approved it, and it is active in production");
  }
}
