package io.plumbline.gateway.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/**
 * A real Redis, as Debian packages it. If it is absent on a user's machine, its tests are skipped,
 * and the report says why. If it is absent in CI, they fail, because CI installs it.
 */
final class RedisServer {

  private final Process process;
  private final int port;

  private RedisServer(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  static RedisServer start() {
    requireInstalled();
    return startAt(freePort());
  }

  /** Starts one at a port at which there may have been another one. */
  static RedisServer startAt(int port) {
    try {
      Process process =
          new ProcessBuilder(
                  List.of(
                      "redis-server",
                      "--port",
                      Integer.toString(port),
                      "--bind",
                      "127.0.0.1",
                      "--save",
                      "",
                      "--appendonly",
                      "no"))
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
      return new RedisServer(process, port);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Skips the test that calls it where there is no Redis. */
  static void requireInstalled() {
    boolean present =
        Stream.of(
                Optional.ofNullable(System.getenv("PATH")).orElse("").split(File.pathSeparator, -1))
            .anyMatch(directory -> Files.isExecutable(Path.of(directory, "redis-server")));
    if (System.getenv("CI") == null) {
      Assumptions.assumeTrue(
          present,
          "redis-server is not installed (Debian: apt-get install redis-server), so sessions in"
              + " Redis are not tested");
    }
    assertThat(present).as("redis-server on the path").isTrue();
  }

  static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  int port() {
    return port;
  }

  void stop() {
    process.destroyForcibly().onExit().join();
  }

  String url() {
    assertThat(process.isAlive()).isTrue();
    return "redis://127.0.0.1:" + port;
  }
}
