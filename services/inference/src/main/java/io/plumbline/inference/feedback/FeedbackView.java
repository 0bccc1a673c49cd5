package io.plumbline.inference.feedback;

import io.plumbline.contracts.Digest;
import io.plumbline.inference.trace.ContentPolicy;
import java.time.Instant;
import java.time.LocalDate;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The feedback of one caller on one answer by one metric, without the text of the correction.
 *
 * @param responseId the id of the answer, by which its trace is found too
 * @param score the score as it was sent; absent when only {@code correct} was sent
 * @param application the application that answered; absent when a bare model was called
 * @param releaseId the release that the answer counts for; absent unless an application was called
 * @param arm the arm that answered; absent unless an application was called
 * @param variantDigest the variant that answered; absent when a bare model was called
 * @param correctionContents how the correction is kept; absent when there is none, or it was
 *     deleted
 * @param answeredOn the day of the request, in UTC
 * @param recordedAt when the caller last gave this feedback
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
    @Nullable ContentPolicy correctionContents,
    String caller,
    LocalDate answeredOn,
    Instant recordedAt) {}
