package io.plumbline.launcher.process;

import io.plumbline.launcher.installation.LauncherException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Checks loopback ports and finds the process that listens on one. */
public final class PortCheck {

  private static final String LISTENING = "0A";

  private PortCheck() {}

  /** Returns whether a process on this machine accepts connections on the port. */
  public static boolean answers(int port) {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 500);
      return true;
    } catch (IOException notListening) {
      return false;
    }
  }

  /**
   * Requires that nobody listens on the port.
   *
   * @param name the name of the component that needs the port
   * @throws LauncherException when the port is taken; the message names the process that has it
   */
  public static void requireFree(String name, int port) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    } catch (IOException taken) {
      throw new LauncherException(takenMessage(name, port, findHolder(port)), taken);
    }
  }

  static String takenMessage(String name, int port, Optional<String> holder) {
    return "Port "
        + port
        + ", which "
        + name
        + " needs, is taken by "
        + holder.orElse("a process that this user may not see")
        + ". End that process, then run `./plumbline up` again.";
  }

  /** Returns pid and command of the listener, as far as the kernel shows them to this user. */
  static Optional<String> findHolder(int port) {
    for (String table : List.of("/proc/net/tcp", "/proc/net/tcp6")) {
      try (Stream<String> lines = Files.lines(Path.of(table))) {
        Optional<String> found =
            lines
                .flatMap(line -> listenerInode(line, port).stream())
                .flatMap(inode -> ownerOf(inode).stream())
                .findFirst();
        if (found.isPresent()) {
          return found;
        }
      } catch (IOException elsewhere) {
        return Optional.empty();
      }
    }
    return Optional.empty();
  }

  /** Returns the socket's inode when a line of proc_net_tcp is a listener on {@code port}. */
  static Optional<String> listenerInode(String line, int port) {
    String[] fields = line.strip().split("\\s+", -1);
    boolean listener =
        fields.length > 9
            && fields[3].equals(LISTENING)
            && fields[1].endsWith(":" + HexFormat.of().withUpperCase().toHexDigits((short) port));
    return listener ? Optional.of(fields[9]) : Optional.empty();
  }

  private static Optional<String> ownerOf(String inode) {
    return ProcessHandle.allProcesses()
        .filter(process -> listens(process, "socket:[" + inode + "]"))
        .findFirst()
        .map(process ->
            "process "
                + process.pid()
                + process.info().command().map(command -> " (" + command + ")").orElse(""));
  }

  private static boolean listens(ProcessHandle process, String socket) {
    try (Stream<Path> open = Files.list(Path.of("/proc", Long.toString(process.pid()), "fd"))) {
      return open.anyMatch(descriptor -> leadsTo(descriptor, socket));
    } catch (IOException foreign) {
      return false;
    }
  }

  private static boolean leadsTo(Path descriptor, String socket) {
    try {
      return Files.readSymbolicLink(descriptor).toString().equals(socket);
    } catch (IOException closed) {
      return false;
    }
  }
}
