package io.plumbline.launcher.component;

import io.plumbline.launcher.installation.Application;
import io.plumbline.launcher.installation.LauncherException;
import io.plumbline.launcher.installation.Layout;
import io.plumbline.launcher.installation.Secrets;
import io.plumbline.launcher.process.ChildProcess;
import io.plumbline.launcher.process.Jvm;
import io.plumbline.launcher.process.PortCheck;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.TopicExistsException;

/**
 * The one broker, which is its own controller (KRaft). It answers no client that does not sign in,
 * and grants the others only what {@link BrokerAccess} lists.
 */
record Kafka(Layout layout, Secrets secrets, int port, int controllerPort) implements Component {

  private static final int USUAL_PORT = 19092;
  private static final int USUAL_CONTROLLER_PORT = 19093;
  private static final int PARTITIONS = 3;
  private static final String MECHANISM = "SCRAM-SHA-512";

  /**
   * The administrator, who may do everything; the launcher creates topics and grants access as this
   * user.
   */
  private static final String ADMINISTRATOR = "launcher";

  /** The user that the broker signs in as, to its controller and to itself. */
  private static final String BROKER = "kafka";

  Kafka(Layout layout, Secrets secrets) {
    this(layout, secrets, layout.port(USUAL_PORT), layout.port(USUAL_CONTROLLER_PORT));
  }

  @Override
  public String name() {
    return "kafka";
  }

  @Override
  public List<Integer> ports() {
    return List.of(port, controllerPort);
  }

  /** Returns the settings of a service's clients, as Spring Boot reads them. */
  Map<String, String> environment(String service) {
    return Map.of(
        "SPRING_KAFKA_BOOTSTRAP_SERVERS",
        "127.0.0.1:" + port,
        "SPRING_KAFKA_SECURITY_PROTOCOL",
        "SASL_PLAINTEXT",
        "SPRING_KAFKA_PROPERTIES_SASL_MECHANISM",
        MECHANISM,
        "SPRING_KAFKA_PROPERTIES_SASL_JAAS_CONFIG",
        scramLogin(service, secrets.broker(service)));
  }

  /** Returns the same settings under the names that Kafka's own clients use. */
  static Map<String, String> loginSettings(String name, String password) {
    return Map.of(
        "security.protocol",
        "SASL_PLAINTEXT",
        "sasl.mechanism",
        MECHANISM,
        "sasl.jaas.config",
        scramLogin(name, password));
  }

  @Override
  public void prepare() {
    try {
      Files.createDirectories(dataFolder());
      writeSettings();
      try (InputStream in =
          Objects.requireNonNull(Kafka.class.getResourceAsStream("/kafka-log4j2.properties"))) {
        Files.copy(in, loggingFile(), StandardCopyOption.REPLACE_EXISTING);
      }
      if (!Files.exists(dataFolder().resolve("meta.properties"))) {
        formatStorage();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Formats the log with the first two passwords, because a client has to sign in to set others.
   * They come from a file, because every user of the machine sees a command line.
   */
  private void formatStorage() throws IOException {
    Path arguments = privateFile(layout.home().resolve("kafka-format.arguments"));
    try {
      Files.write(
          arguments,
          List.of(
              "format",
              "--cluster-id",
              Uuid.randomUuid().toString(),
              "--config",
              configurationFile().toString(),
              "--standalone",
              "--add-scram",
              credential(ADMINISTRATOR),
              "--add-scram",
              credential(BROKER)));
      new ChildProcess(
              "kafka storage format",
              javaCommand(List.of("-Xmx128m"), "kafka.tools.StorageTool", "@" + arguments),
              Map.of(),
              layout.home(),
              layout.log(name()))
          .run(Duration.ofMinutes(1));
    } finally {
      Files.delete(arguments);
    }
  }

  private String credential(String name) {
    return "%s=[name=%s,password=%s]".formatted(MECHANISM, name, secrets.broker(name));
  }

  private void writeSettings() throws IOException {
    try (var out = Files.newBufferedWriter(privateFile(configurationFile()))) {
      settings().store(out, null);
    }
  }

  private static Path privateFile(Path file) throws IOException {
    Files.deleteIfExists(file);
    return Files.createFile(
        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
  }

  @Override
  public ChildProcess process() {
    return new ChildProcess(
        name(), archive().startCommand(), Map.of(), layout.home(), layout.log(name()));
  }

  @Override
  public Optional<ClassArchive> classArchive() {
    return Optional.of(archive());
  }

  private ClassArchive archive() {
    return new ClassArchive(name(), layout.serverJars(), this::command, layout);
  }

  private List<String> command(List<String> more) {
    List<String> flags = new ArrayList<>(more);
    flags.add("-Xmx224m");
    return javaCommand(flags, "kafka.Kafka", configurationFile().toString());
  }

  @Override
  public boolean isReady() {
    if (!PortCheck.answers(port)) {
      return false;
    }
    try (Admin admin = createAdminClient()) {
      return !admin.describeCluster().nodes().get().isEmpty();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof SaslAuthenticationException) {
        throw new LauncherException(
            ("Kafka does not accept the launcher's password: %s and %s are not of the same"
                    + " installation, or an earlier version made them. Put back what belongs"
                    + " together, or delete .plumbline and start over.")
                .formatted(dataFolder(), layout.secrets()),
            e);
      }
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /**
   * Grants access first, since a topic is of no use without it. Topics are made here and nowhere
   * else, so that a misspelt name fails instead of becoming a topic. Events are kept without limit.
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
    try (Admin admin = createAdminClient()) {
      new BrokerAccess(layout, secrets).apply(admin);
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

  Admin createAdminClient() {
    Map<String, Object> settings = new HashMap<>();
    settings.put("bootstrap.servers", "127.0.0.1:" + port);
    settings.put("request.timeout.ms", "5000");
    settings.put("default.api.timeout.ms", "10000");
    settings.putAll(loginSettings(ADMINISTRATOR, secrets.broker(ADMINISTRATOR)));
    return Admin.create(settings);
  }

  Properties settings() {
    Properties settings = new Properties();
    String listeners =
        "SERVICES://127.0.0.1:%d,CONTROLLER://127.0.0.1:%d".formatted(port, controllerPort);
    settings.putAll(
        Map.of(
            "process.roles", "broker,controller",
            "node.id", "1",
            "listeners", listeners,
            "advertised.listeners", listeners,
            "controller.listener.names", "CONTROLLER",
            "inter.broker.listener.name", "SERVICES",
            "listener.security.protocol.map", "CONTROLLER:SASL_PLAINTEXT,SERVICES:SASL_PLAINTEXT",
            "controller.quorum.bootstrap.servers", "127.0.0.1:" + controllerPort,
            "log.dirs", dataFolder().toString(),
            "auto.create.topics.enable", "false"));
    settings.putAll(accessSettings());
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

  /**
   * Returns the settings of access. The controller knows its one client by PLAIN: it keeps the
   * other passwords and cannot ask itself for them before it runs.
   */
  private Map<String, String> accessSettings() {
    String password = secrets.broker(BROKER);
    return Map.of(
        "authorizer.class.name",
        "org.apache.kafka.metadata.authorizer.StandardAuthorizer",
        "super.users",
        "User:%s;User:%s".formatted(ADMINISTRATOR, BROKER),
        "allow.everyone.if.no.acl.found",
        "false",
        "listener.name.services.sasl.enabled.mechanisms",
        MECHANISM,
        "sasl.mechanism.inter.broker.protocol",
        MECHANISM,
        "listener.name.services.scram-sha-512.sasl.jaas.config",
        scramLogin(BROKER, password),
        "listener.name.controller.sasl.enabled.mechanisms",
        "PLAIN",
        "sasl.mechanism.controller.protocol",
        "PLAIN",
        "listener.name.controller.plain.sasl.jaas.config",
        "org.apache.kafka.common.security.plain.PlainLoginModule required %s user_%s=\"%s\";"
            .formatted(jaasCredentials(BROKER, password), BROKER, password));
  }

  private static String scramLogin(String name, String password) {
    return "org.apache.kafka.common.security.scram.ScramLoginModule required "
        + jaasCredentials(name, password)
        + ";";
  }

  private static String jaasCredentials(String name, String password) {
    return "username=\"%s\" password=\"%s\"".formatted(name, password);
  }

  private List<String> javaCommand(List<String> flags, String mainClass, String... arguments) {
    List<String> command = new ArrayList<>(List.of(Jvm.javaExecutable()));
    command.addAll(flags);
    command.addAll(
        List.of(
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseCompactObjectHeaders",
            "-XX:+ExitOnOutOfMemoryError",
            "-Dlog4j2.configurationFile=" + loggingFile(),
            "-cp",
            layout.serverJars() + "/*",
            mainClass));
    command.addAll(List.of(arguments));
    return command;
  }

  private Path dataFolder() {
    return layout.data("kafka");
  }

  private Path loggingFile() {
    return layout.home().resolve("kafka-log4j2.properties");
  }

  private Path configurationFile() {
    return layout.home().resolve("kafka.properties");
  }
}
