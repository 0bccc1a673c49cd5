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
import java.util.Properties;
import javax.sql.DataSource;
import org.postgresql.Driver;
import org.postgresql.PGProperty;
import org.postgresql.ds.PGSimpleDataSource;
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

  private static final String CONNECTION = "08";
  private static final String AUTHORIZATION = "28";
  private static final String SHUTDOWN = "57P";
  private static final String TOO_MANY_CONNECTIONS = "53300";
  private static final String UNKNOWN_DATABASE = "3D000";

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

  /**
   * Returns a source of connections whose statements may take any time, as migrations do. A server
   * that does not answer still fails within seconds.
   */
  DataSource asDataSource() {
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setUrl(url);
    source.setUser(login.getProperty(PGProperty.USER.getName()));
    source.setPassword(login.getProperty(PGProperty.PASSWORD.getName()));
    source.setLoginTimeout(Integer.parseInt(CONNECT_SECONDS));
    source.setTcpKeepAlive(true);
    return source;
  }

  /**
   * Returns whether a failure says that the database is away or does not let the role in, and not
   * that a statement failed (PostgreSQL's documentation, appendix A).
   */
  static boolean isUnreachable(SQLException failure) {
    String state = Objects.requireNonNullElse(failure.getSQLState(), "");
    return state.startsWith(CONNECTION)
        || state.startsWith(AUTHORIZATION)
        || state.startsWith(SHUTDOWN)
        || state.equals(TOO_MANY_CONNECTIONS)
        || state.equals(UNKNOWN_DATABASE);
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
