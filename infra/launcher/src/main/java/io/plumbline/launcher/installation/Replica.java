package io.plumbline.launcher.installation;

import java.util.List;
import java.util.stream.IntStream;

/**
 * One of the equal processes of an application.
 *
 * @param number the replica's number, from 1; the first has the application's own name and port
 * @param portOffset the port offset of the installation
 */
public record Replica(Application application, int number, int portOffset) {

  /**
   * The distance of the ports of two replicas, at which there is neither another application's port
   * nor Keycloak's.
   */
  private static final int PORTS_APART = 200;

  private static final int MANAGEMENT = 1_000;

  static List<Replica> of(Application application, int count, int portOffset) {
    return IntStream.rangeClosed(1, count)
        .mapToObj(number -> new Replica(application, number, portOffset))
        .toList();
  }

  public String name() {
    return numberedName(application.name());
  }

  /** Returns the name of something that each replica has to itself. */
  public String numberedName(String what) {
    return number == 1 ? what : what + "-" + number;
  }

  public int port() {
    return application.port() + (number - 1) * PORTS_APART + portOffset;
  }

  /** Returns the port of its health and metrics, which are not for callers. */
  public int managementPort() {
    return port() + MANAGEMENT;
  }

  public List<Integer> ports() {
    return List.of(port(), managementPort());
  }

  public String url() {
    return "http://127.0.0.1:" + port();
  }

  public String readinessUrl() {
    return "http://127.0.0.1:" + managementPort() + "/actuator/health/readiness";
  }
}
