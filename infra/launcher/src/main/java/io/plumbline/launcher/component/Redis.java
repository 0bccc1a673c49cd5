package io.plumbline.launcher.component;

import io.plumbline.launcher.installation.LauncherException;
import io.plumbline.launcher.installation.Layout;
import io.plumbline.launcher.installation.Secrets;
import io.plumbline.launcher.process.ChildProcess;
import io.plumbline.launcher.process.PortCheck;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;

/**
 * The Redis that holds the sessions of several gateways. It is the machine's own, since no Maven
 * artifact has it.
 */
record Redis(Layout layout, Secrets secrets) implements Component {

  private static final int USUAL_PORT = 16379;
  private static final String PROGRAM = "redis-server";

  @Override
  public String name() {
    return "redis";
  }

  @Override
  public int port() {
    return layout.port(USUAL_PORT);
  }

  /** Returns the settings of a gateway, as Spring Boot reads them. */
  Map<String, String> environment() {
    return Map.of(
        "SPRING_PROFILES_ACTIVE",
        "redis",
        "SPRING_DATA_REDIS_URL",
        "redis://:" + password() + "@127.0.0.1:" + port());
  }

  private String password() {
    return secrets.get("redis");
  }

  /**
   * Writes the settings. The password is in their file, because every user of the machine sees a
   * command line.
   */
  @Override
  public void prepare() {
    Path data = layout.data(name());
    try {
      Files.createDirectories(data);
      Files.deleteIfExists(settings());
      Files.createFile(
          settings(),
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      Files.write(
          settings(),
          List.of(
              "bind 127.0.0.1",
              "port " + port(),
              "requirepass " + password(),
              "dir " + data,
              "maxmemory 64mb",
              "maxmemory-policy noeviction"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public ChildProcess process() {
    Path program =
        ChildProcess.findOnPath(PROGRAM)
            .orElseThrow(() ->
                new LauncherException(
                    "Several replicas of the gateway keep their sessions in Redis, and there is no "
                        + PROGRAM
                        + " on the path: install it (Debian: apt-get install redis-server), or run"
                        + " `./plumbline up --replicas 1`."));
    return new ChildProcess(
        name(),
        List.of(program.toString(), settings().toString()),
        Map.of(),
        layout.home(),
        layout.log(name()));
  }

  @Override
  public boolean isReady() {
    return PortCheck.answers(port());
  }

  private Path settings() {
    return layout.home().resolve("redis.conf");
  }
}
