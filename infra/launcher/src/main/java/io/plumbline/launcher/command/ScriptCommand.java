package io.plumbline.launcher.command;

import io.plumbline.launcher.installation.LauncherException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/**
 * A command that the script {@code ./plumbline} carries out itself, because it runs Maven, which
 * replaces the launcher's own jar. It is here for its help.
 */
abstract sealed class ScriptCommand implements Callable<Integer> {

  private final String name;

  private ScriptCommand(String name) {
    this.name = name;
  }

  @Override
  public Integer call() {
    throw new LauncherException(
        "`"
            + name
            + "` is a command of the script, not of the launcher: call `./plumbline "
            + name
            + "`.");
  }

  /** The command that runs all tests. */
  @Command(
      name = "test",
      description = {
        "Build everything and run all tests: unit, journey, end-to-end and browser.",
        "Prints a line per module, the time of each and the slowest classes; the whole output is in"
            + " .plumbline/logs/test.log, and all times in test-times.tsv beside it.",
        "The end-to-end tests start a platform of their own, beside one that is up, and remove it.",
        "",
        "  --unit           Only the tests that start no server.",
        "  --changed        Only the tests of what differs from the main branch and of what depends"
            + " on that, without the end-to-end tests.",
        "  --long           Replicas, faults, overload and soak in full, and generated requests;"
            + " about two hours.",
        "  --list-untested  Name the test classes that were left out.",
        "",
        "What else is given goes to Maven."
      })
  static final class Test extends ScriptCommand {
    Test() {
      super("test");
    }
  }

  /** The command that runs the formatters. */
  @Command(name = "format", description = "Format all Java and portal sources in place.")
  static final class Format extends ScriptCommand {
    Format() {
      super("format");
    }
  }

  /** The command that checks an installation on Kubernetes. */
  @Command(
      name = "check-cluster",
      description = {
        "Check an installation on Kubernetes: who reaches whom, and changes and failures under"
            + " load.",
        "Needs kubectl, the kubeconfig of the environment, and an installation in which the demo"
            + " ran. It restarts, kills and moves pods, so do not use it where people work.",
        "",
        "  --access FILE         The gateway and its people; docs/kubernetes.md says how. Needed.",
        "  --namespace NAME      The namespace; plumbline when absent.",
        "  --only CHECK          reachability, restart, during, kills, drain, crash, away,"
            + " autoscaler or memory; all when absent.",
        "  --image NAME          An image with a shell and nc; busybox:1.37 when absent.",
        "  --servers LIST        The servers to connect to: PostgreSQL=ADDRESS:PORT,Kafka=…,"
            + "Keycloak=…,Redis=…",
        "  --servers-shell TEXT  What runs a command on the servers' host, to connect from there.",
        "  --application NAME    The released application that is asked; help-desk when absent.",
        "  --deployments LIST    Restart and kill only these, such as gateway,inference.",
        "  --during TEXT         A command that changes the installation, such as helm upgrade;"
            + " more than one may be given.",
        "  --crash, --revive     Commands that end a node and bring it back.",
        "  --minutes-away N      How long the control plane is away; 15 when absent.",
        "",
        "What a command lacks an option for is skipped, and named."
      })
  static final class CheckCluster extends ScriptCommand {
    CheckCluster() {
      super("check-cluster");
    }
  }
}
