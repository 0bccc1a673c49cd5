package io.plumbline.launcher.lifecycle;

import io.plumbline.launcher.component.Component;
import io.plumbline.launcher.component.Platform;
import io.plumbline.launcher.installation.InstallationLock;
import io.plumbline.launcher.installation.LauncherException;
import io.plumbline.launcher.installation.OperatorEnvironment;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;

/** Starts what is not running, shows how that goes and says where to sign in. */
public record PlatformStart(Platform platform, PrintStream out) {

  /** Returns the names of the processes it has started. */
  public List<String> run() {
    requireReadable(platform.layout().operatorEnvironment());
    StatusTable view =
        new StatusTable(
            out,
            StatusTable.onTerminal(),
            platform.components().stream().map(Component::name).toList());
    Startup startup = new Startup(platform, view);
    try {
      new InstallationLock(platform.layout().lock())
          .during(() -> {
            startup.run();
            new CacheMaker(platform).startInBackground();
            new Supervision(platform).startInBackground();
          });
    } catch (LauncherException failure) {
      if (startup.started().isEmpty()) {
        throw failure;
      }
      throw new LauncherException(
          failure.getMessage()
              + "\nWhat did start is left running: `./plumbline status` shows it,"
              + " `./plumbline down` stops it.",
          failure);
    }
    platform.accessFile().write();
    greet(startup.started(), view.seconds());
    return startup.started();
  }

  /**
   * Reads the operator's settings before anything starts, although only the applications, which
   * start last, use them: a line that is not valid fails at once.
   */
  private static void requireReadable(OperatorEnvironment environment) {
    environment.get();
  }

  private void greet(List<String> started, double seconds) {
    String what =
        started.isEmpty()
            ? "Already running"
            : String.format(Locale.ROOT, "Ready after %.1f s", seconds);
    out.println(
        what
            + ": "
            + platform.gateways().getFirst()
            + ", sign in as ada, ben, cleo, sam, vera or root"
            + " (`./plumbline people` lists the passwords).");
    if (platform.gateways().size() > 1) {
      out.println(
          platform.gateways().size()
              + " replicas of every application; the gateways: "
              + String.join(", ", platform.gateways())
              + ".");
    }
    if (!platform.notBuilt().isEmpty()) {
      out.println("Not built, so not started: " + String.join(", ", platform.notBuilt()) + ".");
    }
  }
}
