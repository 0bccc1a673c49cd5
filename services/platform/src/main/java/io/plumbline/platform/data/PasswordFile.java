package io.plumbline.platform.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;

/**
 * The passwords with which a role may connect, one in each line of a file. The file is read for
 * each new connection, so a password is exchanged while the service runs: add the new one, change
 * that of the role, remove the former one.
 */
public final class PasswordFile {

  /** The property that names the file. */
  public static final String PROPERTY = "plumbline.database.password-file";

  /** Lines beyond these are ignored. */
  static final int MAX_PASSWORDS = 2;

  /** The state of a refused password ({@code invalid_password}). */
  private static final String WRONG_PASSWORD = "28P01";

  private final Path file;
  private volatile String last = "";

  /** Opens a connection with a password. */
  @FunctionalInterface
  public interface Opener {
    Connection open(String password) throws SQLException;
  }

  public PasswordFile(Path file) {
    this.file = file;
  }

  /**
   * Opens a connection with the password that was right last, then with the others.
   *
   * @throws SQLException when no password is right, or the database is away
   */
  public Connection connect(Opener opener) throws SQLException {
    SQLException refused = null;
    for (String password : candidates()) {
      try {
        Connection connection = opener.open(password);
        last = password;
        return connection;
      } catch (SQLException e) {
        if (!WRONG_PASSWORD.equals(e.getSQLState())) {
          throw e;
        }
        refused = e;
      }
    }
    throw refused == null ? new SQLException(file + " contains no password") : refused;
  }

  private List<String> candidates() throws SQLException {
    try {
      List<String> passwords =
          Files.readAllLines(file).stream()
              .filter(line -> !line.isBlank())
              .limit(MAX_PASSWORDS)
              .toList();
      return Stream.concat(passwords.stream().filter(last::equals), passwords.stream())
          .distinct()
          .toList();
    } catch (IOException e) {
      throw new SQLException("The password cannot be read from " + file, e);
    }
  }
}
