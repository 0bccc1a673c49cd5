package io.plumbline.gateway.limit;

import io.github.bucket4j.TimeMeter;
import java.util.concurrent.atomic.AtomicLong;

/** A clock that stands still until a test advances it. */
final class TestTime implements TimeMeter {

  private final AtomicLong nanos = new AtomicLong();

  void advance(long by) {
    nanos.addAndGet(by);
  }

  @Override
  public long currentTimeNanos() {
    return nanos.get();
  }

  @Override
  public boolean isWallClockBased() {
    return false;
  }
}
