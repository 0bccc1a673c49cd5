package io.plumbline.demo.step;

import io.plumbline.demo.Answer;
import io.plumbline.demo.Loop;
import io.plumbline.demo.Loop.Candidate;
import io.plumbline.demo.Step;
import java.time.Duration;
import java.util.Map;

/**
 * The recommended variant goes to production: never without a verdict, never approved by its
 * author.
 */
public final class Release implements Step {

  @Override
  public String title() {
    return "Release the recommended variant: verdict, request, self-approval refused, approved by"
        + " the second person";
  }

  @Override
  public void take(Loop loop) {
    Candidate chosen = loop.candidate(loop.get("chosen"));
    Answer without =
        loop.ada.post(
            "/api/releases",
            Map.of(
                "application",
                loop.application(),
                "environment",
                "production",
                "variantDigest",
                chosen.variantDigest()));
    loop.check(
        without.status() == 409, "a release without its verdict is refused: " + without.problem());

    Answer verdict = Measuring.verdict(loop, "RELEASE", null, chosen);
    loop.console.say(
        "release verdict: " + verdict.text("/outcome") + " " + Measuring.reasons(verdict));
    String release =
        loop.ada
            .post(
                "/api/releases",
                Map.of(
                    "application",
                    loop.application(),
                    "environment",
                    "production",
                    "variantDigest",
                    chosen.variantDigest(),
                    "verdictId",
                    verdict.text("/verdictId")))
            .expect(202)
            .text("/releaseId");
    String approval = Approvals.pending(loop, release);
    Answer own = Approvals.decide(loop.ada, approval, "it is good");
    loop.check(own.status() == 403, "self-approval is refused: " + own.problem());
    Approvals.approve(loop, approval, "The verdict passed on pre-registered criteria");
    loop.ada.await(
        "the release to be active",
        Duration.ofSeconds(20),
        "/api/releases/" + release,
        each -> each.at("/state").asString().equals("ACTIVE"));
    loop.put("release", release);
    loop.check(true, "ben approved it, and it is active in production");
  }
}
