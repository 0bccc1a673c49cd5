package io.plumbline.inference.cache;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.jspecify.annotations.Nullable;

/**
 * A pool of resources that are opened on first use, and closed once enough others were used since.
 * A resource is never closed while it is in use, and opening one does not block the others.
 */
public final class LeastRecentlyUsedPool<K, R extends AutoCloseable> {

  /** Opens a resource. */
  @FunctionalInterface
  public interface Opener<K, R> {
    R open(K key) throws IOException;
  }

  /** Uses a resource. */
  @FunctionalInterface
  public interface Use<R, T> {
    T of(R resource) throws IOException;
  }

  private final class Entry {

    private final K key;
    private final ReadWriteLock lock = new ReentrantReadWriteLock();
    private @Nullable R resource;
    private boolean closed;

    private Entry(K key) {
      this.key = key;
    }

    /** Uses the resource; returns empty when it was closed meanwhile. */
    private <T> Optional<T> use(Use<R, T> use) throws IOException {
      open();
      lock.readLock().lock();
      try {
        R opened = resource;
        return opened == null ? Optional.empty() : Optional.of(use.of(opened));
      } finally {
        lock.readLock().unlock();
      }
    }

    private void open() throws IOException {
      lock.readLock().lock();
      try {
        if (resource != null) {
          return;
        }
      } finally {
        lock.readLock().unlock();
      }
      lock.writeLock().lock();
      try {
        if (resource == null && !closed) {
          resource = opener.open(key);
        }
      } finally {
        lock.writeLock().unlock();
      }
    }

    private void close() throws IOException {
      lock.writeLock().lock();
      try {
        closed = true;
        R opened = resource;
        resource = null;
        if (opened != null) {
          opened.close();
        }
      } catch (IOException e) {
        throw e;
      } catch (Exception e) {
        throw new IOException(e);
      } finally {
        lock.writeLock().unlock();
      }
    }
  }

  private final int maxOpen;
  private final Opener<K, R> opener;

  /** The resources in the order of their last use. */
  private final LinkedHashMap<K, Entry> entries = new LinkedHashMap<>(16, 0.75f, true);

  /**
   * Creates an empty pool.
   *
   * @param maxOpen the most resources that stay open while none is in use
   */
  public LeastRecentlyUsedPool(int maxOpen, Opener<K, R> opener) {
    this.maxOpen = maxOpen;
    this.opener = opener;
  }

  /**
   * Uses the resource of a key, which is opened first if it is not open.
   *
   * @throws IOException when the resource cannot be opened or used, or another cannot be closed
   */
  public <T> T use(K key, Use<R, T> use) throws IOException {
    while (true) {
      List<Entry> unused = new ArrayList<>();
      Entry entry = entryFor(key, unused);
      for (Entry each : unused) {
        each.close();
      }
      Optional<T> used = entry.use(use);
      if (used.isPresent()) {
        return used.get();
      }
    }
  }

  private synchronized Entry entryFor(K key, List<Entry> unused) {
    Entry entry = entries.computeIfAbsent(key, Entry::new);
    while (entries.size() > maxOpen) {
      unused.add(entries.pollFirstEntry().getValue());
    }
    return entry;
  }

  /** Closes all resources, each as soon as it is no longer in use. */
  public synchronized void close() throws IOException {
    for (Entry each : entries.values()) {
      each.close();
    }
    entries.clear();
  }
}
