package io.plumbline.launcher.component;

import io.plumbline.launcher.process.ChildProcess;
import java.util.List;
import java.util.Optional;

/** One process of the platform. */
public interface Component {

  String name();

  /** Returns the port that it answers on. */
  int port();

  /**
   * Returns every port that it listens on. Each is free before the start, and none is a provider's.
   */
  default List<Integer> ports() {
    return List.of(port());
  }

  /**
   * Unpacks at the end of the build what came with it, beside what earlier builds left, which may
   * be running. Returns quickly when that is done already.
   */
  default void unpack() {}

  /**
   * Does the work before the start that does not need other components, {@link #unpack} first.
   * Returns quickly when that is done already.
   */
  void prepare();

  /** Does the work before the start that needs {@link Platform#foundations()} to run. */
  default void initialize() {}

  ChildProcess process();

  /** Returns the archive of the classes that it loads, if they are kept for its next start. */
  default Optional<ClassArchive> classArchive() {
    return Optional.empty();
  }

  boolean isReady();

  /** Configures the running component; idempotent. */
  default void configure() {}

  /** Returns whether the running process is of an earlier build. */
  default boolean isOutdated(ProcessHandle running) {
    return false;
  }

  /** Returns the signal on which it shuts down in good order. */
  default String stopSignal() {
    return "TERM";
  }
}
