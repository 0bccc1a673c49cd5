package io.plumbline.bench.gateway;

import io.plumbline.bench.load.Contender;
import io.plumbline.bench.load.HttpConnection;
import io.plumbline.bench.process.ChildProcesses;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Portkey's open gateway, as npm has it. It is not a dependency of the build: npm fetches it when
 * it is measured.
 */
final class Portkey {

  private static final String PACKAGE = "@portkey-ai/gateway";
  private static final String VERSION = "1.15.2";
  private static final Path FOLDER = Path.of("infra/bench/target/portkey").toAbsolutePath();
  private static final int FETCH_MINUTES = 2;

  /**
   * A module that makes Portkey listen on loopback only, since it has no option for its address.
   */
  private static final String ON_LOOPBACK =
      "data:text/javascript,import net from 'node:net';const listen=net.Server.prototype.listen;"
          + "net.Server.prototype.listen=function(port,...rest){return"
          + " listen.call(this,port,'127.0.0.1',...rest.filter(each=>typeof each==='function'))}";

  private Portkey() {}

  /**
   * Starts Portkey as a gateway before a provider; npm fetches it first, unless that was done.
   *
   * @return empty where npm could not install Portkey
   */
  static Optional<Contender> start(ChildProcesses childProcesses, int upstream, String question)
      throws IOException, InterruptedException {
    Path program = FOLDER.resolve("node_modules").resolve(PACKAGE).resolve("build/start-server.js");
    if (!Files.exists(program) && !install()) {
      System.out.println(
          "Portkey is left out: npm could not install %s %s (infra/bench/target/npm.log)."
              .formatted(PACKAGE, VERSION));
      return Optional.empty();
    }
    int port = ChildProcesses.freePort();
    Process node =
        childProcesses.start(
            new ProcessBuilder(
                "node",
                "--import",
                ON_LOOPBACK.replace(" ", "%20"),
                program.toString(),
                "--headless",
                "--port=" + port),
            "portkey");
    List<String> headers =
        List.of(
            "x-portkey-provider: openai",
            "x-portkey-custom-host: http://127.0.0.1:" + upstream + "/v1");
    return Optional.of(
        Contender.of(
            GoalReport.PORTKEY,
            port,
            to ->
                HttpConnection.requestBytes(
                    "POST", GatewayBench.PATH, to, "sk-none", question, headers),
            List.of(node.pid())));
  }

  /** Installs the package, and returns whether that worked. */
  private static boolean install() throws IOException, InterruptedException {
    Files.createDirectories(FOLDER);
    try {
      Process npm =
          new ProcessBuilder(
                  "npm",
                  "install",
                  "--prefix",
                  FOLDER.toString(),
                  "--no-audit",
                  "--no-fund",
                  "--ignore-scripts",
                  PACKAGE + "@" + VERSION)
              .redirectErrorStream(true)
              .redirectOutput(new File("infra/bench/target/npm.log"))
              .start();
      if (!npm.waitFor(FETCH_MINUTES, TimeUnit.MINUTES)) {
        npm.destroy();
        return false;
      }
      return npm.exitValue() == 0;
    } catch (IOException notInstalled) {
      Files.writeString(Path.of("infra/bench/target/npm.log"), notInstalled + "\n");
      return false;
    }
  }
}
