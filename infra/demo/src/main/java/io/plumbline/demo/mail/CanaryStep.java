package io.plumbline.demo.mail;

import io.plumbline.demo.api.ApiResponse;
import io.plumbline.demo.api.StepFailed;
import io.plumbline.demo.driver.ApplicationDriver;
import io.plumbline.demo.step.Approvals;
import io.plumbline.demo.step.DemoContext;
import io.plumbline.demo.step.DemoContext.Candidate;
import io.plumbline.demo.step.Evaluations;
import io.plumbline.demo.step.ReleaseStep;
import io.plumbline.demo.step.Step;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;

/**
 * A step that releases a worse variant by override, on half of the traffic; the canary analysis
 * sees the feedback and halts it.
 */
public final class CanaryStep implements Step {

  private static final Duration ANALYSIS_TIMEOUT = Duration.ofMinutes(10);
  private static final Duration PROPAGATION_TIMEOUT = Duration.ofSeconds(10);

  /**
   * The number of answers in a row that show that the former variant serves again. With half of the
   * callers still at the canary, so many would not meet the former one by chance.
   */
  private static final int CONSECUTIVE_ANSWERS = 12;

  /** The number of requests that are sent before each check of whether the canary still serves. */
  private static final int BATCH_SIZE = 12;

  @Override
  public String title() {
    return "A worse variant by override: canary, analysis, halt; the former one serves again";
  }

  @Override
  public void run(DemoContext demo) {
    Candidate worse = demo.candidate("prompt");
    String release = ReleaseStep.find(demo, worse).orElseGet(() -> requestRelease(demo, worse));
    Approvals.approve(demo, release, "Half an hour at most, and the canary is watched");
    JsonNode canary =
        demo.ada.await(
            "the canary",
            Duration.ofSeconds(20),
            "/api/releases/" + release,
            each -> List.of("CANARY", "HALTED").contains(each.at("/state").asString()));
    if (canary.at("/state").asString().equals("CANARY")) {
      demo.log.print("approved as an override; canary on 50 % of the traffic");
      demo.recordChange();
      demo.log.print("requests until it was halted: " + sendTrafficUntilHalted(demo, release));
    }
    String reason =
        demo.ada.get("/api/releases/" + release).expect(200).json().at("/reason").asString("");
    demo.check(true, "the canary analysis halted it: " + reason);
    demo.check(isFormerVariantServing(demo), "the former variant serves all traffic again");
  }

  private static String requestRelease(DemoContext demo, Candidate worse) {
    JsonNode verdict = Evaluations.findOrRequestVerdict(demo, "RELEASE", worse);
    String outcome = Evaluations.outcome(verdict);
    demo.check(
        !outcome.equals("PASS"), "the verdict on the worse variant is not PASS, but " + outcome);
    Map<String, Object> canary =
        Map.of("verdictId", verdict.at("/verdictId").asString(), "canaryPercent", 50);
    ApiResponse plain = demo.driver().requestRelease(worse.variantDigest(), canary);
    demo.check(plain.status() == 409, "without an override it is refused: " + plain.problem());
    Map<String, Object> overridden = new HashMap<>(canary);
    overridden.put(
        "override", "Try whether the simple prompt does on live traffic, under canary analysis");
    return demo.driver()
        .requestRelease(worse.variantDigest(), overridden)
        .expect(202)
        .text("/releaseId");
  }

  /**
   * Returns whether the former variant serves again. The replicas that did not halt the canary
   * themselves learn of it within seconds.
   */
  private static boolean isFormerVariantServing(DemoContext demo) {
    String former = demo.candidate(demo.get("chosen")).variantDigest();
    Instant end = Instant.now().plus(PROPAGATION_TIMEOUT);
    int consecutive = 0;
    for (int i = 0; consecutive < CONSECUTIVE_ANSWERS && Instant.now().isBefore(end); i++) {
      ApiResponse apiResponse =
          demo.driver()
              .askAs(demo.ada, "after-" + i, "Meeting tomorrow\nCan we move it to ten?")
              .expect(200);
      consecutive = apiResponse.header("x-plumbline-variant").equals(former) ? consecutive + 1 : 0;
    }
    return consecutive == CONSECUTIVE_ANSWERS;
  }

  /**
   * Sends live traffic with honest feedback until the canary is halted. The true label of each
   * message decides whether the answer was right. As many callers send at a time as there are
   * cores.
   *
   * @return the number of requests until the canary was halted
   */
  private static int sendTrafficUntilHalted(DemoContext demo, String release) {
    List<MailCorpus.Mail> mails = new ArrayList<>(MailCorpus.load(Path.of(".plumbline", "demo")));
    Collections.shuffle(mails, new Random(7));
    Instant end = Instant.now().plus(ANALYSIS_TIMEOUT);
    int sent = 0;
    while (sent < mails.size()) {
      int next = Math.min(mails.size(), sent + BATCH_SIZE);
      IntStream.range(sent, next).parallel().forEach(i -> sendWithFeedback(demo, mails.get(i), i));
      sent = next;
      if (demo.ada.get("/api/releases/" + release).expect(200).text("/state").equals("HALTED")) {
        return sent;
      }
      if (Instant.now().isAfter(end)) {
        throw new StepFailed(
            "the canary analysis did not halt release "
                + release
                + " of the worse variant within "
                + ANALYSIS_TIMEOUT.toSeconds()
                + " s and "
                + sent
                + " requests");
      }
    }
    throw new StepFailed(
        "the canary analysis did not halt release "
            + release
            + " of the worse variant, although all "
            + sent
            + " mails were sent");
  }

  /** Sends a mail to the application, and gives feedback on the answer by the mail's true label. */
  private static void sendWithFeedback(DemoContext demo, MailCorpus.Mail mail, int number) {
    ApiResponse apiResponse =
        demo.driver().askAs(demo.ada, "user-" + number, mail.text()).expect(200);
    boolean correct =
        apiResponse.text("/choices/0/message/content").contains("\"" + mail.label() + "\"");
    // The feedback of one person alone halts no canary.
    ApplicationDriver.giveFeedback(
        List.of(demo.ada, demo.ben, demo.cleo).get(number % 3), apiResponse, correct);
  }
}
