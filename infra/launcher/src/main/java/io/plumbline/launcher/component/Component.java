package io.plumbline.launcher.component;

import io.plumbline.launcher.process.ChildProcess;

/** One process of the platform. */
public interface Component {

  String name();

  int port();

  /**
   * Work before the start that does not need other components: unpacking, formatting, building.
   * Quick when already done.
   */
  void prepare();

  ChildProcess process();

  boolean ready();

  /** Configures the running component; idempotent. */
  default void configure() {}

  /** Whether the running process is of an earlier build. */
  default boolean outdated(ProcessHandle running) {
    return false;
  }

  /** The signal on which it shuts down in good order. */
  default String stopSignal() {
    return "TERM";
  }
}
