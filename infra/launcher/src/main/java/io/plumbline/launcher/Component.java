package io.plumbline.launcher;

/** One process of the platform. */
sealed interface Component permits Postgres, Kafka, Keycloak, ApplicationProcess {

  String name();

  int port();

  /**
   * Work before the start that does not need other components: unpacking, formatting, building.
   * Quick when already done.
   */
  void prepare();

  ChildProcess process();

  boolean ready();

  /** What only a running component can be told; idempotent. */
  default void configure() {}

  /** Whether the running process is of an earlier build. */
  default boolean outdated(ProcessHandle running) {
    return false;
  }

  /** The signal that asks it to end in good order. */
  default String stopSignal() {
    return "TERM";
  }
}
