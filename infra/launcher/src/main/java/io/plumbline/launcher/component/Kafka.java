package io.plumbline.launcher.component;

import io.plumbline.launcher.installation.Application;
import io.plumbline.launcher.installation.LauncherException;
import io.plumbline.launcher.installation.Layout;
import io.plumbline.launcher.process.ChildProcess;
import io.plumbline.launcher.process.Jvm;
import io.plumbline.launcher.process.Ports;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.errors.TopicExistsException;

/** The one broker, its own controller (KRaft). */
record Kafka(Layout layout) implements Component {

  static final int PORT = 19092;
  private static final int CONTROLLER_PORT = 19093;
  private static final int PARTITIONS = 3;

  @Override
  public String name() {
    return "kafka";
  }

  @Override
  public int port() {
    return PORT;
  }

  static String bootstrapServers() {
    return "127.0.0.1:" + PORT;
  }

  @Override
  public void prepare() {
    try {
      Files.createDirectories(data());
      try (var out = Files.newBufferedWriter(configuration())) {
        settings().store(out, null);
      }
      try (InputStream in =
          Objects.requireNonNull(Kafka.class.getResourceAsStream("/kafka-log4j2.properties"))) {
        Files.copy(in, logging(), StandardCopyOption.REPLACE_EXISTING);
      }
      if (!Files.exists(data().resolve("meta.properties"))) {
        new ChildProcess(
                "kafka storage format",
                java(
                    List.of("-Xmx128m"),
                    "kafka.tools.StorageTool",
                    "format",
                    "-t",
                    Uuid.randomUuid().toString(),
                    "-c",
                    configuration().toString(),
                    "--standalone"),
                Map.of(),
                layout.home(),
                layout.log(name()))
            .run(Duration.ofMinutes(1));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public ChildProcess process() {
    List<String> flags = new ArrayList<>(Jvm.sharedClasses(layout.home().resolve("kafka.jsa")));
    flags.add("-Xmx224m");
    return new ChildProcess(
        name(),
        java(flags, "kafka.Kafka", configuration().toString()),
        Map.of(),
        layout.home(),
        layout.log(name()));
  }

  @Override
  public boolean ready() {
    if (!Ports.answers(PORT)) {
      return false;
    }
    try (Admin admin = admin()) {
      return !admin.describeCluster().nodes().get().isEmpty();
    } catch (ExecutionException starting) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /**
   * Topics are made here and nowhere else, so that a misspelt name fails instead of becoming a
   * topic. Events are kept without limit.
   */
  @Override
  public void configure() {
    List<NewTopic> topics =
        Application.topics().stream()
            .map(topic ->
                new NewTopic(topic, PARTITIONS, (short) 1)
                    .configs(
                        Map.of(
                            "retention.ms",
                            "-1",
                            "retention.bytes",
                            "-1",
                            "min.insync.replicas",
                            "1")))
            .toList();
    try (Admin admin = admin()) {
      for (var result : admin.createTopics(topics).values().entrySet()) {
        try {
          result.getValue().get();
        } catch (ExecutionException e) {
          if (!(e.getCause() instanceof TopicExistsException)) {
            throw new LauncherException(
                "Kafka refused the topic " + result.getKey() + ": " + e.getMessage(), e);
          }
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LauncherException("Interrupted while creating topics.", e);
    }
  }

  private static Admin admin() {
    return Admin.create(
        Map.of(
            "bootstrap.servers",
            bootstrapServers(),
            "request.timeout.ms",
            "5000",
            "default.api.timeout.ms",
            "10000"));
  }

  private Properties settings() {
    Properties settings = new Properties();
    settings.putAll(
        Map.of(
            "process.roles", "broker,controller",
            "node.id", "1",
            "listeners",
                "PLAINTEXT://127.0.0.1:%d,CONTROLLER://127.0.0.1:%d"
                    .formatted(PORT, CONTROLLER_PORT),
            "advertised.listeners",
                "PLAINTEXT://127.0.0.1:%d,CONTROLLER://127.0.0.1:%d"
                    .formatted(PORT, CONTROLLER_PORT),
            "controller.listener.names", "CONTROLLER",
            "listener.security.protocol.map", "CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT",
            "controller.quorum.bootstrap.servers", "127.0.0.1:" + CONTROLLER_PORT,
            "log.dirs", data().toString(),
            "auto.create.topics.enable", "false"));
    settings.putAll(
        Map.ofEntries(
            Map.entry("offsets.topic.replication.factor", "1"),
            Map.entry("offsets.topic.num.partitions", "3"),
            Map.entry("transaction.state.log.replication.factor", "1"),
            Map.entry("transaction.state.log.min.isr", "1"),
            Map.entry("share.coordinator.state.topic.replication.factor", "1"),
            Map.entry("share.coordinator.state.topic.min.isr", "1"),
            Map.entry("group.initial.rebalance.delay.ms", "0"),
            Map.entry("log.retention.ms", "-1"),
            Map.entry("log.cleaner.dedupe.buffer.size", "16777216"),
            Map.entry("log.index.size.max.bytes", "1048576"),
            Map.entry("num.network.threads", "2")));
    return settings;
  }

  private List<String> java(List<String> flags, String mainClass, String... arguments) {
    List<String> command = new ArrayList<>(List.of(Jvm.java()));
    command.addAll(flags);
    command.addAll(
        List.of(
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseCompactObjectHeaders",
            "-XX:+ExitOnOutOfMemoryError",
            "-Dlog4j2.configurationFile=" + logging(),
            "-cp",
            layout.serverJars() + "/*",
            mainClass));
    command.addAll(List.of(arguments));
    return command;
  }

  private Path data() {
    return layout.data("kafka");
  }

  private Path logging() {
    return layout.home().resolve("kafka-log4j2.properties");
  }

  private Path configuration() {
    return layout.home().resolve("kafka.properties");
  }
}
