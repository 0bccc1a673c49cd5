package io.plumbline.launcher.installation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SharedFolderTests {

  @TempDir Path folder;

  @Test
  void two_that_need_the_same_folder_make_it_once() throws InterruptedException {
    SharedFolder server =
        new SharedFolder(folder.resolve("server"), folder.resolve("server/built"));
    AtomicInteger made = new AtomicInteger();
    CountDownLatch started = new CountDownLatch(1);
    CountDownLatch asked = new CountDownLatch(1);
    Thread first =
        Thread.ofVirtual()
            .start(() ->
                server.makeUnlessComplete(() -> {
                  started.countDown();
                  awaitUnchecked(asked);
                  make(server, made);
                }));
    started.await();
    Thread second =
        Thread.ofVirtual().start(() -> server.makeUnlessComplete(() -> make(server, made)));
    asked.countDown();
    first.join();
    second.join();

    assertThat(made).hasValue(1);
    assertThat(server.proof()).exists();
  }

  private static void make(SharedFolder server, AtomicInteger made) {
    made.incrementAndGet();
    try {
      Files.createFile(Files.createDirectories(server.folder()).resolve("built"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void awaitUnchecked(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
