package io.plumbline.launcher.installation;

import java.nio.file.Path;

/** The two installations of a checkout. */
public enum Installation {
  /** The main installation, which people use. */
  MAIN("", 0),

  /**
   * The installation that the end-to-end tests start, use and remove. No port of it is one of
   * {@link #MAIN}, here or in another checkout ({@link PortOffset}).
   */
  TESTS("tests", 50);

  /** The environment variable that chooses one; without it every command is about the main one. */
  public static final String VARIABLE = "PLUMBLINE_INSTALLATION";

  private final String folder;
  private final int portsAbove;

  Installation(String folder, int portsAbove) {
    this.folder = folder;
    this.portsAbove = portsAbove;
  }

  /**
   * Returns the installation that a command is about.
   *
   * @param variable the value of {@link #VARIABLE}; empty when it is not set
   */
  public static Installation named(String variable) {
    for (Installation each : values()) {
      if (each.folder.equals(variable)) {
        return each;
      }
    }
    throw new LauncherException(
        "%s is '%s': set it to 'tests' for the installation of the end-to-end tests, or unset it."
            .formatted(VARIABLE, variable));
  }

  Path home(Path builds) {
    return builds.resolve(folder);
  }

  int portOffset() {
    return portsAbove;
  }
}
