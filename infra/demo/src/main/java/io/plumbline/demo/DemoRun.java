package io.plumbline.demo;

import io.plumbline.demo.api.Access;
import io.plumbline.demo.api.StepFailed;
import io.plumbline.demo.helpdesk.AnswerCriteriaStep;
import io.plumbline.demo.helpdesk.CitedAnswersStep;
import io.plumbline.demo.helpdesk.ConnectModelStep;
import io.plumbline.demo.helpdesk.DocumentsStep;
import io.plumbline.demo.helpdesk.FrequentQuestionsStep;
import io.plumbline.demo.helpdesk.OwnModel;
import io.plumbline.demo.helpdesk.OwnModelStep;
import io.plumbline.demo.helpdesk.PassagesStep;
import io.plumbline.demo.helpdesk.RegisterHelpDeskStep;
import io.plumbline.demo.helpdesk.ScoreTableStep;
import io.plumbline.demo.mail.CanaryStep;
import io.plumbline.demo.mail.ComparisonStep;
import io.plumbline.demo.mail.CriteriaStep;
import io.plumbline.demo.mail.DatasetStep;
import io.plumbline.demo.mail.FineTuningStep;
import io.plumbline.demo.mail.PrematureFineTuneStep;
import io.plumbline.demo.mail.PromptStep;
import io.plumbline.demo.mail.RegisterMailTriageStep;
import io.plumbline.demo.mail.RepeatedSplitsStep;
import io.plumbline.demo.mail.RetrievalStep;
import io.plumbline.demo.mail.ServingStep;
import io.plumbline.demo.step.DemoContext;
import io.plumbline.demo.step.DemoSize;
import io.plumbline.demo.step.LedgerStep;
import io.plumbline.demo.step.ReleaseCheckStep;
import io.plumbline.demo.step.ReleaseStep;
import io.plumbline.demo.step.RemoteLedgerStep;
import io.plumbline.demo.step.Step;
import io.plumbline.demo.step.StepEnd;
import io.plumbline.demo.step.StepLog;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Runs the steps of both applications, one after the other, and of the ledger that records them
 * all.
 */
final class DemoRun {

  /** The steps that label messages: prompt, retrieval and training compete. */
  private static final List<Step> MAIL =
      List.of(
          new RegisterMailTriageStep(),
          new DatasetStep(),
          new CriteriaStep(),
          new PromptStep(),
          new PrematureFineTuneStep(),
          new RetrievalStep(),
          new FineTuningStep(),
          new ComparisonStep(),
          new ReleaseStep(),
          new ServingStep(),
          new CanaryStep(),
          new ReleaseCheckStep("Meeting tomorrow\nCan we move it to ten?"));

  /** The steps that answer from documents, with citations. */
  private static final List<Step> HELP_DESK =
      List.of(
          new RegisterHelpDeskStep(),
          new DocumentsStep(),
          new AnswerCriteriaStep(),
          new FrequentQuestionsStep(),
          new PassagesStep(),
          new ScoreTableStep(),
          new ReleaseStep(),
          new CitedAnswersStep(),
          new ReleaseCheckStep("Which command updates the packages of my project?"));

  private final Access access;
  private final StepLog log;
  private final DemoContext mail;
  private final DemoContext helpDesk;
  private final @Nullable String only;
  private final @Nullable OwnModel own;
  private final boolean elsewhere;

  /**
   * @param only the application that is taken through its steps; absent for both
   * @param own reads the passages of the help desk beside the reader; absent for the reader alone
   * @param elsewhere whether the platform's databases are out of this machine's reach
   */
  DemoRun(
      Access access,
      StepLog log,
      DemoSize size,
      @Nullable String only,
      @Nullable OwnModel own,
      boolean elsewhere) {
    this.access = access;
    this.log = log;
    this.mail = new DemoContext(access, log, size);
    this.helpDesk = new DemoContext(access, log, size);
    this.only = only;
    this.own = own;
    this.elsewhere = elsewhere;
  }

  /**
   * Runs the steps in order, until one of them fails.
   *
   * @return whether all of them passed
   */
  boolean runSteps() {
    boolean withHelpDesk = !RegisterMailTriageStep.APPLICATION.equals(only);
    Map<Step, DemoContext> steps = new LinkedHashMap<>();
    if (withHelpDesk && own != null) {
      steps.put(new ConnectModelStep(own), helpDesk);
    }
    if (!RegisterHelpDeskStep.APPLICATION.equals(only)) {
      MAIL.forEach(step -> steps.put(step, mail));
    }
    if (withHelpDesk) {
      HELP_DESK.forEach(step -> steps.put(step, helpDesk));
    }
    if (withHelpDesk && own != null) {
      steps.put(new OwnModelStep(own), helpDesk);
    }
    steps.put(elsewhere ? new RemoteLedgerStep() : new LedgerStep(), mail);
    long startedAt = System.nanoTime();
    int number = 0;
    for (Map.Entry<Step, DemoContext> each : steps.entrySet()) {
      if (!runStep(each.getKey(), each.getValue(), ++number, steps.size())) {
        return false;
      }
    }
    Summary.print(log, mail, helpDesk, Demo.secondsSince(startedAt), access);
    if (withHelpDesk && own == null) {
      log.printOutsideReport(
          "With a language model of your own beside the reader: " + OwnModel.HINT);
    }
    return true;
  }

  /**
   * Takes other splits of the mail through two phases, and does nothing else.
   *
   * @return whether all steps passed
   */
  boolean runSplits(int splits) {
    List<Step> steps =
        List.of(new RegisterMailTriageStep(), new DatasetStep(), new RepeatedSplitsStep(splits));
    int number = 0;
    for (Step step : steps) {
      if (!runStep(step, mail, ++number, steps.size())) {
        return false;
      }
    }
    return true;
  }

  /** Runs one step, prints how it ended, and returns whether it passed. */
  private boolean runStep(Step step, DemoContext demo, int number, int of) {
    log.beginStep(number, of, step.title());
    long start = System.nanoTime();
    int before = demo.changeCount();
    try {
      step.run(demo);
      log.endStep(
          step.title(),
          Demo.secondsSince(start),
          demo.changeCount() > before ? StepEnd.DONE_NOW : StepEnd.FOUND_DONE);
      return true;
    } catch (StepFailed failure) {
      log.print("✘ " + failure.getMessage());
      log.endStep(step.title(), Demo.secondsSince(start), StepEnd.FAILED);
      log.printOutsideReport("");
      log.printOutsideReport(
          "The demo stopped at step "
              + number
              + ". Started again, it goes on there. The platform is still running: ./plumbline"
              + " status, ./plumbline logs SERVICE");
      return false;
    }
  }
}
