package io.plumbline.launcher.lifecycle;

import io.plumbline.launcher.component.Component;
import io.plumbline.launcher.process.ChildProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;

/** A shell script in place of a server. */
record FakeComponent(
    String name, int port, String script, Path folder, List<String> calls, BooleanSupplier ready)
    implements Component {

  static FakeComponent of(String name, String script, Path folder, List<String> calls) {
    return new FakeComponent(name, freePort(), script, folder, calls, () -> true);
  }

  FakeComponent on(int other) {
    return new FakeComponent(name, other, script, folder, calls, ready);
  }

  FakeComponent readyWhen(BooleanSupplier other) {
    return new FakeComponent(name, port, script, folder, calls, other);
  }

  @Override
  public void prepare() {
    calls.add("prepare " + name);
  }

  @Override
  public ChildProcess process() {
    return new ChildProcess(
        name, List.of("sh", "-c", script), Map.of(), folder, folder.resolve(name + ".log"));
  }

  @Override
  public boolean isReady() {
    return ready.getAsBoolean();
  }

  @Override
  public void configure() {
    calls.add("configure " + name);
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
