package io.plumbline.bench.gateway;

import io.plumbline.bench.load.Contender;
import io.plumbline.bench.process.ChildProcesses;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A proxy that only passes requests on, which shows the least that any proxy costs. */
final class Nginx {

  private static final Path FOLDER = Path.of("infra/bench/target/nginx").toAbsolutePath();

  private Nginx() {}

  /**
   * Starts nginx as a proxy before a provider.
   *
   * @return empty where nginx is not installed
   */
  static Optional<Contender> start(
      ChildProcesses childProcesses, int upstream, Contender.Request request)
      throws IOException, InterruptedException {
    Optional<Path> program = findProgram();
    if (program.isEmpty()) {
      System.out.println("nginx is left out: it is not installed (`apt-get install nginx-light`).");
      return Optional.empty();
    }
    int port = ChildProcesses.freePort();
    Files.createDirectories(FOLDER);
    Path settings =
        Files.writeString(
            FOLDER.resolve("nginx.conf"),
            """
            worker_processes auto;
            pid %1$s/pid;
            error_log stderr;
            events { worker_connections 2048; }
            http {
              access_log off;
              keepalive_requests 100000000;
              client_body_temp_path %1$s/body;
              proxy_temp_path %1$s/proxy;
              fastcgi_temp_path %1$s/fastcgi;
              uwsgi_temp_path %1$s/uwsgi;
              scgi_temp_path %1$s/scgi;
              upstream provider { server 127.0.0.1:%2$d; keepalive 64; keepalive_requests 100000000; }
              server {
                listen 127.0.0.1:%3$d;
                location / {
                  proxy_pass http://provider;
                  proxy_http_version 1.1;
                  proxy_set_header Connection "";
                }
              }
            }
            """
                .formatted(FOLDER, upstream, port));
    Process master =
        childProcesses.start(
            new ProcessBuilder(
                program.get().toString(),
                "-e",
                "stderr",
                "-p",
                FOLDER.toString(),
                "-c",
                settings.toString(),
                "-g",
                "daemon off;"),
            "nginx");
    Contender.of(GoalReport.NGINX, port, request, List.of()).awaitReady();
    List<Long> processes =
        Stream.concat(Stream.of(master.toHandle()), master.descendants())
            .map(ProcessHandle::pid)
            .toList();
    return Optional.of(Contender.of(GoalReport.NGINX, port, request, processes));
  }

  /** Finds the program. Debian installs it in a folder that only root's path includes. */
  private static Optional<Path> findProgram() {
    String path = System.getenv().getOrDefault("PATH", "") + File.pathSeparator + "/usr/sbin";
    return Stream.of(path.split(File.pathSeparator, 0))
        .map(folder -> Path.of(folder, "nginx"))
        .filter(Files::isExecutable)
        .findFirst();
  }
}
