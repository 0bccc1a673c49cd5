package io.plumbline.platform.lifecycle;

import io.plumbline.platform.data.BuildMigrations;
import io.plumbline.platform.data.PasswordFile;
import io.plumbline.platform.data.SchemaState;
import io.plumbline.platform.data.ServiceDatabase;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationPreparedEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.core.env.Environment;

/**
 * Holds the start of a service until its database can be reached and has all migrations of its
 * build. It runs before any bean is created, since the first one that queries the database would
 * end the process. A service without {@code spring.datasource.url} has no database and does not
 * wait.
 */
public final class DatabaseStartup implements ApplicationListener<ApplicationPreparedEvent> {

  private static final Logger log = LoggerFactory.getLogger(DatabaseStartup.class);

  @Override
  public void onApplicationEvent(ApplicationPreparedEvent event) {
    Environment environment = event.getApplicationContext().getEnvironment();
    String url = environment.getProperty("spring.datasource.url");
    if (url == null) {
      return;
    }
    String user = environment.getProperty("spring.datasource.username", "");
    String password = environment.getProperty("spring.datasource.password", "");
    ServiceDatabase database = new ServiceDatabase(url, user, password);
    Connections connections =
        Optional.ofNullable(environment.getProperty(PasswordFile.PROPERTY))
            .map(file -> new PasswordFile(Path.of(file)))
            .<Connections>map(
                file -> () -> file.connect(each -> new ServiceDatabase(url, user, each).connect()))
            .orElse(database::connect);
    BuildMigrations build = BuildMigrations.read();
    try {
      new StartupWait(log::warn).until(() -> missing(database, connections, build));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("The start was interrupted", e);
    }
  }

  /** Opens connections as the role of the service. */
  private interface Connections {
    Connection open() throws SQLException;
  }

  private static Optional<String> missing(
      ServiceDatabase database, Connections connections, BuildMigrations build) {
    try (Connection connection = connections.open()) {
      SchemaState schema = build.compareWith(connection);
      schema.newer().ifPresent(log::info);
      return schema.missing();
    } catch (SQLException e) {
      return Optional.of(database.describeFailure(e));
    }
  }
}
