package io.plumbline.bench.gateway;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The platform that runs here: its processes, and a token of one of its people. */
record Running(long inference, List<String> gatewayCommand, JsonNode access) {

  /** Of the second workspace, so that nobody's figures of the first are disturbed. */
  private static final String PERSON = "gus";

  static Optional<Running> find() throws IOException {
    Optional<ProcessHandle> inference = process("inference");
    Optional<ProcessHandle> gateway = process("gateway");
    String access = System.getenv("PLUMBLINE_ACCESS");
    if (inference.isEmpty() || gateway.isEmpty() || access == null) {
      return Optional.empty();
    }
    List<String> command =
        List.of(Files.readString(Path.of("/proc", Long.toString(gateway.get().pid()), "cmdline")).split("\0", 0));
    return Optional.of(new Running(inference.get().pid(), command, JsonMapper.shared().readTree(Path.of(access).toFile())));
  }

  private static Optional<ProcessHandle> process(String name) throws IOException {
    Path file = Path.of(".plumbline/run", name + ".pid");
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    String pid = Files.readString(file).strip().split(" ", 2)[0];
    return ProcessHandle.of(Long.parseLong(pid)).filter(ProcessHandle::isAlive);
  }

  /** The flags of the running gateway's JVM, without its AOT cache, which is of another class path. */
  List<String> jvm() {
    return gatewayCommand.stream()
        .takeWhile(argument -> !argument.equals("-jar"))
        .filter(argument -> !argument.startsWith("-XX:AOT") && !argument.startsWith("-Xlog"))
        .toList();
  }

  /** The same gateway once more, on another port and without its limit of 100 requests a second per client. */
  ProcessBuilder unlimitedGateway(int port) {
    List<String> command = new ArrayList<>(gatewayCommand);
    String issuer = access.path("tokenUri").asString().replace("/protocol/openid-connect/token", "");
    command.addAll(
        List.of(
            "--server.port=" + port,
            "--plumbline.gateway.requests-per-second=1000000",
            "--plumbline.gateway.burst=1000000",
            "--plumbline.security.issuer=" + issuer,
            "--plumbline.security.jwk-set-uri=" + issuer + "/protocol/openid-connect/certs",
            "--plumbline.security.token-uri=" + access.path("tokenUri").asString(),
            "--plumbline.security.client-secret=unused-by-bearer-tokens"));
    List<String> services =
        List.of("strategy", "prompt-registry", "dataset-registry", "training", "model-registry", "evaluation", "inference", "compliance");
    for (int i = 0; i < services.size(); i++) {
      command.add("--plumbline.services." + services.get(i) + ".url=http://127.0.0.1:" + (8101 + i));
    }
    return new ProcessBuilder(command);
  }

  /** Lives five minutes, so a run asks for its own. */
  String token() throws IOException, InterruptedException {
    String form =
        "grant_type=password&client_id=" + access.path("clientId").asString() + "&username=" + PERSON + "&password="
            + URLEncoder.encode(access.path("people").path(PERSON).asString(), StandardCharsets.UTF_8);
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(access.path("tokenUri").asString()))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(HttpRequest.BodyPublishers.ofString(form))
            .build();
    try (HttpClient http = HttpClient.newHttpClient()) {
      HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
      if (answer.statusCode() != 200) {
        throw new IOException(PERSON + " could not sign in: " + answer.statusCode());
      }
      return JsonMapper.shared().readTree(answer.body()).path("access_token").asString();
    }
  }
}
