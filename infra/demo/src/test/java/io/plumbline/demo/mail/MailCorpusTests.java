package io.plumbline.demo.mail;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.demo.mail.MailCorpus.Mail;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MailCorpusTests {

  @Test
  void a_mail_becomes_its_subject_and_plain_body() {
    assertThat(
            MailCorpus.subjectAndBody(
                "From: a@example.com\r\nSubject: Re: Fwd: Lunch?\r\n\r\n<p>See\tyou</p>\r\nat ten"))
        .isEqualTo("Lunch?\nSee you at ten");
  }

  @Test
  void a_long_mail_is_cut_between_characters() {
    String text = MailCorpus.subjectAndBody("Subject: long\n\n" + "😀".repeat(3_000));
    assertThat(text.codePointCount(0, text.length())).isEqualTo(2_000);
    assertThat(text).endsWith("😀");
  }

  @Test
  void the_upload_is_a_json_object_per_line() {
    byte[] lines =
        MailCorpus.jsonLines(List.of(new Mail("say \"hi\"", "personal"), new Mail("b", "spam")));
    assertThat(new String(lines, StandardCharsets.UTF_8).lines())
        .containsExactlyInAnyOrder(
            "{\"text\":\"say \\\"hi\\\"\",\"label\":\"personal\"}",
            "{\"text\":\"b\",\"label\":\"spam\"}");
  }

  @Test
  void a_part_has_its_share_of_the_mails_and_equal_ones_with_each_other() {
    List<Mail> mails =
        IntStream.range(0, 600)
            .mapToObj(i -> new Mail((i % 2 == 0 ? "Mail on " : "MAIL ON ") + topic(i / 2), "spam"))
            .toList();

    List<Mail> part = MailCorpus.chooseShare(mails, 5);

    assertThat(part).hasSizeBetween(240, 360);
    assertThat(part.stream().map(MailCorpusTests::lower).distinct()).hasSize(part.size() / 2);
    assertThat(MailCorpus.chooseShare(mails, 10)).isEqualTo(mails);
  }

  @Test
  void a_mail_that_a_longer_one_quotes_is_left_out() {
    Mail question =
        new Mail("Does anybody know how to build the kernel with this driver?", "personal");
    Mail reply =
        new Mail("Yes, I do. " + question.text() + " You want the patch of May.", "personal");
    Mail other = new Mail("The newsletter of this week has news of all kinds", "newsletter");

    assertThat(MailCorpus.withoutQuoted(List.of(question, reply, other)))
        .containsExactly(reply, other);
  }

  private static String topic(int number) {
    return ("" + (char) ('a' + number % 26) + (char) ('a' + number / 26)).repeat(3);
  }

  private static String lower(Mail mail) {
    return mail.text().toLowerCase(Locale.ROOT);
  }
}
