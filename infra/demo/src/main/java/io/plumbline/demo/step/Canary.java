package io.plumbline.demo.step;

import io.plumbline.demo.Answer;
import io.plumbline.demo.Loop;
import io.plumbline.demo.Loop.Candidate;
import io.plumbline.demo.MailCorpus;
import io.plumbline.demo.Step;
import io.plumbline.demo.StepFailed;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * A worse variant goes out by override, on half of the traffic; its guard sees the feedback and
 * halts it.
 */
public final class Canary implements Step {

  private static final Duration PATIENCE = Duration.ofMinutes(2);

  @Override
  public String title() {
    return "A worse variant by override: canary, guard, halt; the former one serves again";
  }

  @Override
  public void take(Loop loop) {
    Candidate worse = loop.candidate("prompt");
    Answer verdict = Measuring.verdict(loop, "RELEASE", null, worse);
    loop.check(
        !verdict.text("/outcome").equals("PASS"), "its verdict is " + verdict.text("/outcome"));
    Map<String, Object> request =
        Map.of(
            "application",
            loop.application(),
            "environment",
            "production",
            "variantDigest",
            worse.variantDigest(),
            "verdictId",
            verdict.text("/verdictId"),
            "canaryPercent",
            50);
    Answer plain = loop.ada.post("/api/releases", request);
    loop.check(plain.status() == 409, "without an override it is refused: " + plain.problem());
    Map<String, Object> overridden = new HashMap<>(request);
    overridden.put("override", "Try whether the simple prompt does on live traffic, under guard");
    String release = loop.ada.post("/api/releases", overridden).expect(202).text("/releaseId");
    Approvals.approve(
        loop, Approvals.pending(loop, release), "Half an hour at most, and the guard is on");
    loop.ada.await(
        "the canary",
        Duration.ofSeconds(20),
        "/api/releases/" + release,
        each -> each.at("/state").asString().equals("CANARY"));
    loop.console.say("approved as an override; canary on 50 % of the traffic");

    int sent = traffic(loop, release);
    String reason =
        loop.ada.get("/api/releases/" + release).expect(200).json().at("/reason").asString("");
    loop.check(true, "after " + sent + " requests the guard halted it: " + reason);
    Answer answer =
        loop.ada
            .post(
                "/v1/chat/completions",
                call(loop, "Meeting tomorrow\nCan we move it to ten?", "after"))
            .expect(200);
    loop.check(
        answer
            .header("x-plumbline-variant")
            .equals(loop.candidate(loop.get("chosen")).variantDigest()),
        "the former variant serves everybody again");
  }

  /**
   * Live traffic with honest feedback: people who know what a message was say whether the answer
   * was right.
   */
  private static int traffic(Loop loop, String release) {
    List<MailCorpus.Mail> mails = new ArrayList<>(MailCorpus.load(Path.of(".plumbline", "demo")));
    Collections.shuffle(mails, new Random(7));
    Instant end = Instant.now().plus(PATIENCE);
    for (int i = 0; i < mails.size(); i++) {
      MailCorpus.Mail mail = mails.get(i);
      Answer answer =
          loop.ada.post("/v1/chat/completions", call(loop, mail.text(), "user-" + i)).expect(200);
      boolean correct =
          answer.text("/choices/0/message/content").contains("\"" + mail.label() + "\"");
      loop.ada
          .post("/api/feedback", Map.of("responseId", answer.text("/id"), "correct", correct))
          .expect(200);
      if (i % 10 == 9
          && loop.ada.get("/api/releases/" + release).expect(200).text("/state").equals("HALTED")) {
        return i + 1;
      }
      if (Instant.now().isAfter(end)) {
        throw new StepFailed(
            "the guard did not halt the worse variant within "
                + PATIENCE.toSeconds()
                + " s and "
                + (i + 1)
                + " requests");
      }
    }
    throw new StepFailed("the guard did not halt the worse variant on all mails");
  }

  private static Map<String, Object> call(Loop loop, String text, String user) {
    return Map.of(
        "model",
        "app/" + loop.application(),
        "user",
        user,
        "messages",
        List.of(Map.of("role", "user", "content", text)));
  }
}
