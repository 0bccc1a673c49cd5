package io.plumbline.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Isolated;
import tools.jackson.databind.json.JsonMapper;

/**
 * Checks that line ends and terminal sequences in everything that a caller sends become part of a
 * line of the log at most. They must never begin a line of their own or reach the reader's terminal
 * as a command.
 */
@ExtendWith(Platform.class)
@Isolated("It asks as often as a caller may.")
class LogForgingIT {

  private static final List<String> HEADERS =
      List.of(
          "User-Agent",
          "Referer",
          "X-Forwarded-For",
          "X-Request-Id",
          "traceparent",
          "tracestate",
          "baggage",
          "Idempotency-Key",
          "If-Match",
          "Last-Event-ID",
          "Content-Type",
          "Accept-Language",
          "Cookie",
          "Origin",
          "Authorization");

  private final String mark = "forged-" + UUID.randomUUID();
  private final String line = "{\"@timestamp\":\"" + mark + "\"}";
  private final String hostile = "a\r\n" + line + "\n\u001b[31m" + line + "\u0085\u2028" + line;

  @Test
  void nothing_that_is_sent_begins_a_line_or_reaches_the_terminal() throws IOException {
    String token = Platform.user("root").token();
    int sent = 0;
    for (Api.Route route : Api.routes(Platform.user("root"))) {
      String encoded = URLEncoder.encode(hostile, StandardCharsets.UTF_8).replace("+", "%20");
      String path = route.path().replaceAll("\\{[^}]*}", encoded) + "?" + encoded + "=" + encoded;
      Api.send(route.method(), path, token, field());
      sent++;
    }
    Map<String, Integer> answers = new TreeMap<>();
    for (String header : HEADERS) {
      for (String value :
          List.of("a\u001b[2J" + line, "a\r\n " + line, "a\n" + line, "a\r" + line)) {
        answers.merge(raw(header, value, token), 1, Integer::sum);
        sent++;
      }
    }
    List<String> lines = lines();
    List<String> forged =
        lines.stream()
            .filter(each -> each.stripLeading().startsWith(line) || each.indexOf('\u001b') >= 0)
            .toList();
    System.out.printf(
        "lines for the logs: %d requests (headers answered %s), seen in %d lines, %d forged%n",
        sent, answers, lines.stream().filter(each -> each.contains(mark)).count(), forged.size());
    assertThat(forged).isEmpty();
  }

  /** Returns a body with a field that no operation knows. */
  private String field() {
    return JsonMapper.shared().writeValueAsString(Map.of(hostile, hostile, "name", hostile));
  }

  /**
   * Sends a request that no client library would send, and returns the status of the answer, or
   * {@code nothing}.
   */
  private static String raw(String header, String value, String token) throws IOException {
    int port = URI.create(Platform.access().gateway()).getPort();
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(10_000);
      String authorization =
          header.equals("Authorization") ? "" : "Authorization: Bearer " + token + "\r\n";
      socket
          .getOutputStream()
          .write(
              ("GET /api/prompts HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n"
                      + authorization
                      + header
                      + ": "
                      + value
                      + "\r\n\r\n")
                  .getBytes(StandardCharsets.ISO_8859_1));
      String answer =
          new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
      return answer.isEmpty() ? "nothing" : answer.split(" ", 3)[1];
    }
  }

  /** Returns the lines of all logs, split where every editor splits them. */
  private static List<String> lines() throws IOException {
    List<String> lines = new ArrayList<>();
    try (Stream<Path> logs = Files.list(Platform.LOGS)) {
      for (Path log : logs.filter(file -> file.toString().endsWith(".log")).toList()) {
        lines.addAll(List.of(Files.readString(log, StandardCharsets.UTF_8).split("\\R", -1)));
      }
    }
    return lines;
  }
}
