package io.plumbline.launcher.workspace;

import picocli.CommandLine.Option;

/** The option that says who calls the API. */
final class WorkspaceUser {

  @Option(
      names = "--user",
      paramLabel = "NAME",
      defaultValue = WorkspaceApi.ADMINISTRATOR,
      description = "The administrator who does it, one of `./plumbline people`; root if absent.")
  private String name = WorkspaceApi.ADMINISTRATOR;

  String name() {
    return name;
  }
}
