package io.plumbline.inference.feedback;

import io.plumbline.contracts.Digest;
import io.plumbline.inference.trace.Contents;
import java.time.Instant;
import java.time.LocalDate;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What one caller said of one answer by one metric, without the words of the correction.
 *
 * @param responseId leads to the trace as well
 * @param score as it was sent; absent where only correct was
 * @param application and variant: what answered; absent of a bare model
 * @param releaseId and arm: absent unless an application was called
 * @param correctionContents how the correction is kept; absent where there is none, or none any
 *     more
 * @param answeredOn the day of the request, in UTC
 * @param recordedAt when the feedback was given, or given anew
 */
record FeedbackView(
    String responseId,
    String metric,
    boolean correct,
    @Nullable Double score,
    @Nullable String application,
    @Nullable UUID releaseId,
    @Nullable String arm,
    @Nullable Digest variantDigest,
    @Nullable Contents correctionContents,
    String caller,
    LocalDate answeredOn,
    Instant recordedAt) {}
