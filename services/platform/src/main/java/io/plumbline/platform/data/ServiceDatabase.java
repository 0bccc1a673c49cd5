package io.plumbline.platform.data;

import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import org.postgresql.Driver;
import org.postgresql.PGProperty;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;
import org.springframework.core.NestedExceptionUtils;

/**
 * A PostgreSQL database as one role connects to it, outside of any pool. It describes failures
 * without the JDBC URL, which may hold a password.
 */
public final class ServiceDatabase {

  private static final String CONNECT_SECONDS = "5";
  private static final String ANSWER_SECONDS = "10";

  private final String url;
  private final String address;
  private final Properties login = new Properties();

  /**
   * @param url a JDBC URL of PostgreSQL
   * @throws IllegalArgumentException when the URL is not one; the message does not repeat it
   */
  public ServiceDatabase(String url, String user, String password) {
    this.url = url;
    this.address = addressIn(url);
    login.setProperty(PGProperty.USER.getName(), user);
    login.setProperty(PGProperty.PASSWORD.getName(), password);
    login.setProperty(PGProperty.LOGIN_TIMEOUT.getName(), CONNECT_SECONDS);
    login.setProperty(PGProperty.SOCKET_TIMEOUT.getName(), ANSWER_SECONDS);
  }

  private static String addressIn(String url) {
    Properties parsed = Driver.parseURL(url, new Properties());
    if (parsed == null) {
      throw new IllegalArgumentException(
          "The address of the database is not a JDBC URL of PostgreSQL. Set it to one such as"
              + " jdbc:postgresql://localhost:5432/strategy.");
    }
    String[] hosts = parsed.getProperty(PGProperty.PG_HOST.getName(), "localhost").split(",", -1);
    String[] ports = parsed.getProperty(PGProperty.PG_PORT.getName(), "5432").split(",", -1);
    List<String> addresses = new ArrayList<>();
    for (int i = 0; i < hosts.length; i++) {
      // PostgreSQL's driver takes a user and password that are written there as a host's name.
      String host = hosts[i].substring(hosts[i].lastIndexOf('@') + 1);
      addresses.add(host + ":" + ports[Math.min(i, ports.length - 1)]);
    }
    return String.join(", ", addresses);
  }

  /** Opens a connection. A server that does not answer fails within seconds. */
  public Connection connect() throws SQLException {
    return DriverManager.getConnection(url, login);
  }

  /** Returns why no connection can be opened, as it follows "Waiting for". */
  Optional<String> unavailable() {
    try {
      connect().close();
      return Optional.empty();
    } catch (SQLException e) {
      return Optional.of(describeFailure(e));
    }
  }

  /**
   * Returns a description of the failure, as it follows "Waiting for": {@code the database at
   * localhost:5432: connection refused}.
   */
  public String describeFailure(SQLException failure) {
    return "the database at " + address + ": " + reason(failure);
  }

  private static String reason(SQLException failure) {
    if (failure instanceof PSQLException reported) {
      ServerErrorMessage answer = reported.getServerErrorMessage();
      if (answer != null && answer.getMessage() != null) {
        return answer.getMessage();
      }
    }
    Throwable cause = NestedExceptionUtils.getMostSpecificCause(failure);
    return switch (cause) {
      case UnknownHostException unknown -> "the name cannot be resolved";
      case SocketTimeoutException late -> "no answer in time";
      default -> withoutCapital(cause);
    };
  }

  private static String withoutCapital(Throwable cause) {
    String message = Objects.requireNonNullElse(cause.getMessage(), cause.getClass().getName());
    return message.substring(0, 1).toLowerCase(Locale.ROOT) + message.substring(1);
  }
}
