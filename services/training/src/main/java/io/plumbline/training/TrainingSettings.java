package io.plumbline.training;

import java.math.BigDecimal;
import java.nio.file.Path;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The settings of training.
 *
 * @param directory the directory of the jobs' working directories and of embeddings; it may be
 *     emptied when no job runs
 * @param usdPerHour the cost of an hour of the trainer's process: an estimate for two cores of a
 *     rented machine
 * @param heap the maximum heap of the trainer's process; weights and native buffers come on top
 * @param threads the number of texts that it embeds at a time; 0 takes all cores
 */
@ConfigurationProperties("plumbline.training")
public record TrainingSettings(
    @DefaultValue(".plumbline/training") Path directory,
    @DefaultValue("0.10") BigDecimal usdPerHour,
    @DefaultValue("256m") String heap,
    @DefaultValue("0") int threads) {

  public int embeddingThreads() {
    return threads > 0 ? threads : Runtime.getRuntime().availableProcessors();
  }
}
