package io.plumbline.platform.lifecycle;

import io.plumbline.platform.data.Migration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.springframework.boot.SpringApplication;

/**
 * The process of a service. With the argument {@code migrate} it brings the schema up to date and
 * ends; otherwise it runs the service. Both are runs of one program, so that the schema is that of
 * the started version, and only the first run is given the password of the schema's owner. Either
 * waits for the database.
 */
public final class ServiceProcess {

  private static final String MIGRATE = "migrate";

  private ServiceProcess() {}

  public static void run(Class<?> application, String... arguments) {
    if (arguments.length == 1 && arguments[0].equals(MIGRATE)) {
      migrate(Migration.fromEnvironment(System.getenv()), System.out::println);
    } else {
      SpringApplication.run(application, arguments);
    }
  }

  /**
   * Migrates once the database can be reached, also if it goes away in between.
   *
   * @param log receives what is missing meanwhile, and what was done
   */
  static void migrate(Migration migration, Consumer<String> log) {
    List<String> done = new ArrayList<>();
    try {
      new StartupWait(log).until(() -> migration.attempt(done::add));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return;
    }
    done.forEach(log);
  }
}
