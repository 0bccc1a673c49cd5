package io.plumbline.compliance.ledger.verification;

import io.plumbline.compliance.ledger.entry.StoredEntry;
import io.plumbline.contracts.Digest;
import io.plumbline.platform.digest.TreeHasher;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Reads and hashes entries in several threads and returns them in their order. A few chunks are
 * read at a time, each of a few megabytes regardless of the size of its entries, so that memory
 * does not grow with the ledger.
 */
final class CheckedEntryReader implements AutoCloseable {

  private static final int CHUNK = 2_000;

  private static final int FIRST_FETCH = 10;
  private static final int FETCH_BYTES = 1 << 20;
  private static final int CHUNK_BYTES = 4 << 20;

  /**
   * The entries of a chunk with the findings about them.
   *
   * @param rest the index at which the chunk was cut short because its entries are large; empty if
   *     it is complete
   */
  private record Chunk(List<CheckedEntry> entries, List<Finding> findings, Optional<Long> rest) {}

  /** A range that is being read, with the index at which it ends. */
  private record Reading(Future<Chunk> chunk, long end) {}

  private final Snapshot snapshot;
  private final List<EntryCheck> checks;
  private final int threads;
  private final ExecutorService workers;
  private final BlockingQueue<Connection> connections;
  private final Deque<Reading> underway = new ArrayDeque<>();
  private List<Finding> findings = List.of();
  private Optional<Long> border;

  /**
   * Opens the connections and starts reading.
   *
   * @param from the first index; everything before it counts as verified
   */
  CheckedEntryReader(Snapshot snapshot, List<EntryCheck> checks, int threads, Optional<Long> from)
      throws SQLException {
    this.snapshot = snapshot;
    this.checks = checks;
    this.threads = threads;
    this.workers = Executors.newFixedThreadPool(threads, Thread.ofPlatform().factory());
    this.connections = new ArrayBlockingQueue<>(threads);
    for (int i = 0; i < threads; i++) {
      connections.add(snapshot.openConnection());
    }
    this.border = firstIndex(from);
    for (int i = 0; i < 2 * threads; i++) {
      readNextChunk();
    }
  }

  private Optional<Long> firstIndex(Optional<Long> from) throws SQLException {
    return queryIndex(
        "SELECT idx FROM ledger_entry WHERE idx >= ? ORDER BY idx LIMIT 1",
        from.orElse(Long.MIN_VALUE));
  }

  private Optional<Long> queryIndex(String sql, long from) throws SQLException {
    try (PreparedStatement select = snapshot.main().prepareStatement(sql)) {
      select.setLong(1, from);
      try (ResultSet row = select.executeQuery()) {
        return row.next() ? Optional.of(row.getLong("idx")) : Optional.empty();
      }
    }
  }

  private void readNextChunk() throws SQLException {
    if (border.isEmpty()) {
      return;
    }
    long first = border.get();
    border =
        queryIndex(
            "SELECT idx FROM ledger_entry WHERE idx >= ? ORDER BY idx OFFSET " + CHUNK + " LIMIT 1",
            first);
    long end = border.orElse(Long.MAX_VALUE);
    underway.addLast(startReading(first, end));
  }

  private Reading startReading(long first, long end) {
    return new Reading(workers.submit(() -> readChunk(first, end)), end);
  }

  private Chunk readChunk(long first, long end) throws SQLException, InterruptedException {
    Connection connection = connections.take();
    try {
      TreeHasher hasher = new TreeHasher();
      MessageDigest sha256 = Digest.sha256();
      List<StoredEntry> stored = new ArrayList<>(CHUNK);
      List<CheckedEntry> checked = new ArrayList<>(CHUNK);
      Optional<Long> rest = Optional.empty();
      try (PreparedStatement select =
          connection.prepareStatement(
              StoredEntry.SELECT + "WHERE e.idx >= ? AND e.idx < ? ORDER BY e.idx")) {
        select.setFetchSize(FIRST_FETCH);
        select.setLong(1, first);
        select.setLong(2, end);
        long bytes = 0;
        try (ResultSet row = select.executeQuery()) {
          while (row.next()) {
            StoredEntry entry = StoredEntry.read(row);
            if (bytes > CHUNK_BYTES) {
              rest = Optional.of(entry.index());
              break;
            }
            bytes += entry.content().size();
            if (stored.size() == FIRST_FETCH) {
              // Fetch as many rows as fit into a megabyte if they are like the first ones, which
              // needs few round trips and little memory.
              row.setFetchSize(
                  Math.clamp(FETCH_BYTES * (long) FIRST_FETCH / (bytes + 1), 1, CHUNK));
            }
            stored.add(entry);
            checked.add(CheckedEntry.of(entry, hasher, sha256));
          }
        }
      }
      List<Finding> found = new ArrayList<>();
      for (EntryCheck check : checks) {
        found.addAll(check.check(connection, stored));
      }
      return new Chunk(checked, found, rest);
    } finally {
      connections.add(connection);
    }
  }

  /** Returns the next entries, checked; an empty list after the last one. */
  List<CheckedEntry> nextEntries() throws SQLException {
    Reading oldest = underway.pollFirst();
    if (oldest == null) {
      findings = List.of();
      return List.of();
    }
    Chunk chunk = awaitResult(oldest.chunk);
    if (chunk.rest.isPresent()) {
      underway.addFirst(startReading(chunk.rest.get(), oldest.end));
    } else {
      readNextChunk();
    }
    findings = chunk.findings;
    return chunk.entries;
  }

  /** Runs other work of the verification in the same threads, beside the reading. */
  <T> Future<T> submit(Callable<T> work) {
    return workers.submit(work);
  }

  static <T> T awaitResult(Future<T> future) throws SQLException {
    try {
      return future.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof SQLException failure) {
        throw failure;
      }
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("The verification was interrupted", e);
    }
  }

  /** Returns the findings of the further checks about the entries that were returned last. */
  List<Finding> findings() {
    return findings;
  }

  int threads() {
    return threads;
  }

  @Override
  public void close() {
    workers.shutdownNow();
  }
}
