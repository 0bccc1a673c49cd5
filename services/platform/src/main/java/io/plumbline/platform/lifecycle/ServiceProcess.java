package io.plumbline.platform.lifecycle;

import io.plumbline.platform.data.Migration;
import org.springframework.boot.SpringApplication;

/**
 * The process of a service. With the argument {@code migrate} it brings the schema up to date and
 * ends; otherwise it runs the service. Both are runs of one program, so that the schema is that of
 * the started version, and only the first run is given the password of the schema's owner.
 */
public final class ServiceProcess {

  private static final String MIGRATE = "migrate";

  private ServiceProcess() {}

  public static void run(Class<?> application, String... arguments) {
    if (arguments.length == 1 && arguments[0].equals(MIGRATE)) {
      System.out.println(Migration.fromEnvironment(System.getenv()).run());
    } else {
      SpringApplication.run(application, arguments);
    }
  }
}
