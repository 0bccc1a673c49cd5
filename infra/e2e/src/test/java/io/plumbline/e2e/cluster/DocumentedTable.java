package io.plumbline.e2e.cluster;

import io.plumbline.e2e.Platform;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The table of {@code docs/kubernetes.md} that says who reaches whom. A test of the chart computes
 * the same table from its NetworkPolicies.
 *
 * @param rows by the caller: receivers and the name of their port, or its number for servers
 */
record DocumentedTable(Map<String, Set<Receiver>> rows) {

  private static final Pattern ROW = Pattern.compile("\\| ([^|]+) \\| ([^|]+) \\|");
  private static final Pattern RECEIVER = Pattern.compile("([^,(]+) \\(([^)]+)\\)");

  /** A receiver and the name or number of its port. */
  record Receiver(String name, String port) {}

  static DocumentedTable read() {
    Map<String, Set<Receiver>> rows = new HashMap<>();
    for (String line : lines()) {
      Matcher row = ROW.matcher(line);
      if (row.matches() && RECEIVER.matcher(row.group(2)).find()) {
        Set<Receiver> receivers = receivers(row.group(2));
        Arrays.stream(row.group(1).split(", ", -1))
            .forEach(
                caller -> rows.computeIfAbsent(caller, first -> new HashSet<>()).addAll(receivers));
      }
    }
    return new DocumentedTable(rows);
  }

  private static List<String> lines() {
    try {
      return Files.readString(Platform.ROOT.resolve("docs/kubernetes.md"))
          .replaceFirst("(?s).*<!-- who reaches whom[^>]*-->", "")
          .replaceFirst("(?s)<!-- end -->.*", "")
          .lines()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Set<Receiver> receivers(String cell) {
    Set<Receiver> receivers = new HashSet<>();
    Matcher receiver = RECEIVER.matcher(cell);
    while (receiver.find()) {
      for (String port : receiver.group(2).split(", ", -1)) {
        receivers.add(new Receiver(receiver.group(1).strip(), port));
      }
    }
    return receivers;
  }

  /** Returns whether a caller reaches a named port of an application. */
  boolean allows(String caller, String receiver, String port) {
    return rows.getOrDefault(caller, Set.of()).contains(new Receiver(receiver, port));
  }

  /** Returns whether a caller reaches a server, at whatever port the server has here. */
  boolean allows(String caller, String server) {
    return rows.getOrDefault(caller, Set.of()).stream()
        .anyMatch(receiver -> receiver.name().equals(server));
  }
}
