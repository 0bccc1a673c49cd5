package io.plumbline.launcher.lifecycle;

import io.plumbline.launcher.component.Component;
import io.plumbline.launcher.component.Platform;
import io.plumbline.launcher.installation.Application;
import io.plumbline.launcher.installation.InstallationLock;
import io.plumbline.launcher.installation.LauncherException;
import io.plumbline.launcher.installation.LedgerPin;
import io.plumbline.launcher.installation.OperatorEnvironment;
import io.plumbline.launcher.workspace.DemoWorkspaces;
import java.io.PrintStream;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Locale;

/** Starts what is not running, shows how that goes and says where to sign in. */
public record PlatformStart(Platform platform, PrintStream out) {

  /** Returns the names of the processes it has started. */
  public List<String> run() {
    requireReadable(platform.layout().operatorEnvironment());
    StartupProgressTable view =
        new StartupProgressTable(
            out,
            StartupProgressTable.onTerminal(),
            platform.components().stream().map(Component::name).toList());
    Startup startup = new Startup(platform, view);
    try {
      new InstallationLock(platform.layout().lock())
          .runLocked(() -> {
            platform.layout().ledgerPin().pinKey().ifPresent(out::println);
            startup.run();
            pinFirstHead();
            createWorkspaces();
            new CacheMaker(platform).startInBackground();
            new SupervisorProcess(platform).startInBackground();
          });
    } catch (LauncherException failure) {
      if (startup.startedNames().isEmpty()) {
        throw failure;
      }
      throw new LauncherException(
          failure.getMessage()
              + "\nWhat did start is left running: `./plumbline status` shows it,"
              + " `./plumbline down` stops it.",
          failure);
    }
    platform.accessFile().write();
    greet(startup.startedNames(), view.elapsedSeconds());
    return startup.startedNames();
  }

  /** Creates the workspaces of the people of this machine, where all that takes part is built. */
  private void createWorkspaces() {
    if (platform.notBuilt().isEmpty()) {
      new DemoWorkspaces(platform, out).createMissing();
    }
  }

  /** Pins the first head that the ledger keeps, so that a later start accepts no other. */
  private void pinFirstHead() {
    LedgerPin pin = platform.layout().ledgerPin();
    if (!pin.firstHead().isEmpty()) {
      return;
    }
    try (Connection connection = platform.postgres().connect(Application.COMPLIANCE.database());
        Statement sql = connection.createStatement();
        ResultSet row =
            sql.executeQuery(
                "SELECT tree_size || ':' || encode(root, 'hex') AS head FROM ledger_head"
                    + " WHERE tree_size > 0 ORDER BY tree_size LIMIT 1")) {
      if (row.next()) {
        pin.pinFirstHead(row.getString("head")).ifPresent(out::println);
      }
    } catch (SQLException e) {
      out.println("The ledger's first head is not pinned yet: " + e.getMessage());
    }
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
            + platform.gatewayUrls().getFirst()
            + ", sign in as ada, ben, cleo, sam, vera or root"
            + " (`./plumbline people` lists the passwords).");
    if (platform.gatewayUrls().size() > 1) {
      out.println(
          platform.gatewayUrls().size()
              + " replicas of every application; the gateways: "
              + String.join(", ", platform.gatewayUrls())
              + ".");
    }
    if (!platform.notBuilt().isEmpty()) {
      out.println("Not built, so not started: " + String.join(", ", platform.notBuilt()) + ".");
    }
  }
}
