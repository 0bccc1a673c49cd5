package io.plumbline.launcher.component;

import io.plumbline.launcher.process.ChildProcess;
import java.util.List;
import java.util.Optional;

/** One process of the platform. */
public interface Component {

  String name();

  /** Where it answers. */
  int port();

  /** Every port that it listens on: free before the start, and never a provider's. */
  default List<Integer> ports() {
    return List.of(port());
  }

  /**
   * The end of the build: takes apart what came with it, beside what earlier builds left, which may
   * be running. Quick when already done.
   */
  default void unpack() {}

  /**
   * Work before the start that does not need other components, {@link #unpack} first. Quick when
   * already done.
   */
  void prepare();

  /** Work before the start that needs the components which everything else needs first. */
  default void initialize() {}

  ChildProcess process();

  /** Returns the archive of the classes that it loads, if they are kept for its next start. */
  default Optional<ClassArchive> classes() {
    return Optional.empty();
  }

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
