package io.plumbline.launcher.lifecycle;

import java.io.Console;
import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Shows the components coming up: a table redrawn in place on a terminal, a line per change
 * elsewhere.
 */
public final class StartupProgressTable {

  private record Row(Stage stage, double seconds) {}

  private final PrintStream out;
  private final boolean live;
  private final long startedAt = System.nanoTime();
  private final Map<String, Row> rows = new LinkedHashMap<>();
  private boolean drawn;

  public StartupProgressTable(PrintStream out, boolean live, List<String> names) {
    this.out = out;
    this.live = live;
    names.forEach(name -> rows.put(name, new Row(Stage.WAITING, 0)));
  }

  public static boolean onTerminal() {
    return Optional.ofNullable(System.console()).filter(Console::isTerminal).isPresent()
        && !"dumb".equals(System.getenv("TERM"));
  }

  /** Shows that a component has reached a stage. */
  public synchronized void showStage(String name, Stage stage) {
    Row row = new Row(stage, elapsedSeconds());
    rows.put(name, row);
    if (live) {
      draw();
    } else if (stage != Stage.WAITING) {
      out.println(line(name, row));
    }
  }

  synchronized void draw() {
    if (drawn) {
      out.print("\u001b[" + rows.size() + "A");
    }
    rows.forEach((name, row) -> out.println("\u001b[2K" + line(name, row)));
    out.flush();
    drawn = true;
  }

  public double elapsedSeconds() {
    return (System.nanoTime() - startedAt) / 1e9;
  }

  private static String line(String name, Row row) {
    return "  %-18s %-10s %s"
        .formatted(
            name,
            row.stage().word(),
            row.stage() == Stage.WAITING
                ? ""
                : String.format(Locale.ROOT, "%6.1f s", row.seconds()));
  }
}
