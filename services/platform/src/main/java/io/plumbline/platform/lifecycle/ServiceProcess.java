package io.plumbline.platform.lifecycle;

import io.plumbline.platform.data.Migration;
import org.springframework.boot.SpringApplication;

/**
 * What the process of a service does: with the argument {@code migrate} it brings the schema up to
 * date and ends, else it is the service. Two runs of one program, so that what is migrated is what
 * is started, and only the first is given the password of the schema's owner.
 */
public final class ServiceProcess {

  private static final String MIGRATE = "migrate";

  private ServiceProcess() {}

  public static void run(Class<?> application, String... arguments) {
    if (arguments.length == 1 && arguments[0].equals(MIGRATE)) {
      System.out.println(Migration.of(System.getenv()).run());
    } else {
      SpringApplication.run(application, arguments);
    }
  }
}
