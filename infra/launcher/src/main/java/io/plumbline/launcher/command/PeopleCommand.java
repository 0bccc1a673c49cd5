package io.plumbline.launcher.command;

import io.plumbline.launcher.component.Platform;
import io.plumbline.launcher.installation.DemoUser;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;

@Command(name = "people", description = "List who can sign in, with workspace, password and roles.")
final class PeopleCommand implements Callable<Integer> {

  private static final String ROW = "  %-6s %-10s %-26s %s%n";

  private final Supplier<Platform> platform;

  PeopleCommand(Supplier<Platform> platform) {
    this.platform = platform;
  }

  @Override
  public Integer call() {
    Platform here = platform.get();
    System.out.printf(ROW, "name", "workspace", "password", "roles");
    for (DemoUser user : DemoUser.values()) {
      System.out.printf(
          ROW, user.name(), user.workspace(), here.secrets().person(user.name()), user.roles());
    }
    System.out.println(
        "The people of globex see nothing of acme: they show that workspaces are apart.");
    return ExitCode.OK;
  }
}
