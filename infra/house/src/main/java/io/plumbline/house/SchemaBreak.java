package io.plumbline.house;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A statement of a migration that may break processes of the release before, which work with the
 * migrated schema until they are replaced.
 *
 * @param thing what it concerns: {@code table}, {@code table.column}, or the name of a constraint,
 *     index or function
 * @param reason what happens to it, as it follows its name
 * @param removal whether a table or column is removed, so that statements that name it fail
 */
record SchemaBreak(String thing, String reason, boolean removal) {

  /**
   * A form of a statement. Group 1 is the name of what it concerns; absent for the table itself.
   */
  private record Form(Pattern pattern, String reason, boolean removal) {

    static Form of(String pattern, String reason) {
      return new Form(sql(pattern), reason, false);
    }

    static Form removal(String pattern, String reason) {
      return new Form(sql(pattern), reason, true);
    }

    Optional<SchemaBreak> find(String statement, String prefix, String otherwise) {
      Matcher found = pattern.matcher(statement);
      if (!found.find()) {
        return Optional.empty();
      }
      String name = found.groupCount() == 0 ? otherwise : prefix + found.group(1);
      return Optional.of(new SchemaBreak(name, reason, removal));
    }
  }

  private static final String NAME = "(?:public\\.)?\"?([\\w%]+)\"?";
  private static final String EXISTS = "(?:IF (?:NOT )?EXISTS )?";

  /** The body of a function, which a migration does not run. */
  private static final Pattern FUNCTION_BODY =
      sql("(CREATE (?:OR REPLACE )?(?:FUNCTION|PROCEDURE)\\b[^$;]*)(\\$\\w*\\$).*?\\2");

  private static final Pattern CREATED =
      sql("\\bCREATE (?:OR REPLACE )?(?:TABLE|FUNCTION|VIEW|SEQUENCE) " + EXISTS + NAME);

  private static final Pattern ALTER_TABLE =
      sql("\\bALTER TABLE " + EXISTS + "(?:ONLY )?" + NAME + " (.*)");

  /** A comma outside of parentheses. */
  private static final Pattern COMMA =
      Pattern.compile(", ?(?=(?:[^()]|\\((?:[^()]|\\((?:[^()]|\\([^()]*\\))*\\))*\\))*$)");

  private static final Pattern UNIQUE_INDEX =
      sql("\\bCREATE UNIQUE INDEX (?:CONCURRENTLY )?" + EXISTS + NAME + " ON (?:ONLY )?" + NAME);

  private static final List<Form> REMOVALS =
      List.of(
          Form.removal(
              "\\bDROP (?:TABLE|(?:MATERIALIZED )?VIEW|SCHEMA) " + EXISTS + NAME, "is dropped"),
          Form.of(
              "\\bDROP (?:SEQUENCE|TYPE|DOMAIN|FUNCTION|PROCEDURE|INDEX|EXTENSION)"
                  + " (?:CONCURRENTLY )?"
                  + EXISTS
                  + NAME,
              "is dropped"),
          Form.of(
              "\\bALTER (?:VIEW|SEQUENCE|TYPE|DOMAIN|FUNCTION|INDEX|SCHEMA) "
                  + EXISTS
                  + NAME
                  + ".*\\b(?:RENAME|SET SCHEMA)\\b",
              "is renamed"));

  /** Restrictions of a table or function, unless the migration creates it. */
  private static final List<Form> RESTRICTIONS =
      List.of(
          Form.of(
              "\\bREVOKE .*? ON (?:TABLE |FUNCTION |SEQUENCE |SCHEMA |DATABASE )?" + NAME,
              "loses a right"),
          Form.of(
              "\\b(?:isolate|append_only|append_only_except|final_once|final_unless|forwards_only)"
                  + "\\( ?'"
                  + NAME,
              "refuses changes of rows"));

  private static final List<Form> TABLE_CLAUSES =
      List.of(
          Form.removal("^RENAME TO\\b", "is renamed"),
          Form.removal("^SET SCHEMA\\b", "is moved"),
          Form.of("^DETACH PARTITION\\b", "loses rows"),
          Form.of("^ENABLE ROW LEVEL SECURITY", "hides rows"),
          Form.of("^ADD (?:CHECK|UNIQUE|FOREIGN KEY|PRIMARY KEY|EXCLUDE)\\b", "gets a constraint"));

  private static final List<Form> CONSTRAINT_CLAUSES =
      List.of(
          Form.of("^DROP CONSTRAINT " + EXISTS + NAME, "is dropped"),
          Form.of("^RENAME CONSTRAINT " + NAME, "is renamed"),
          Form.of("^ADD CONSTRAINT " + NAME, "is a new constraint"));

  private static final List<Form> COLUMN_CLAUSES =
      List.of(
          Form.removal("^DROP (?:COLUMN )?" + EXISTS + NAME, "is dropped"),
          Form.removal("^RENAME (?:COLUMN )?" + NAME + " TO\\b", "is renamed"),
          Form.of("^ALTER (?:COLUMN )?" + NAME + " (?:SET DATA )?TYPE\\b", "gets another type"),
          Form.of("^ALTER (?:COLUMN )?" + NAME + " SET NOT NULL", "becomes required"),
          Form.of("^ALTER (?:COLUMN )?" + NAME + " DROP DEFAULT", "loses its default"),
          Form.of(
              "^ADD (?:COLUMN )?"
                  + EXISTS
                  + NAME
                  + "(?!.*\\b(?:DEFAULT|GENERATED|(?:big|small)?serial)\\b).*(?<!\\bIS )NOT NULL",
              "is required and has no default"));

  private static Pattern sql(String pattern) {
    return Pattern.compile(pattern, Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
  }

  /**
   * Finds what a migration breaks. What it does to tables and functions that it creates itself
   * breaks nothing, and neither do new or replaced triggers and policies.
   *
   * @param migration SQL without comments
   */
  static List<SchemaBreak> in(String migration) {
    String statements =
        FUNCTION_BODY
            .matcher(migration.replaceAll("\\s+", " "))
            .replaceAll(function -> Matcher.quoteReplacement(function.group(1)));
    Set<String> created =
        CREATED
            .matcher(statements)
            .results()
            .map(each -> each.group(1))
            .collect(Collectors.toSet());
    return Stream.of(statements.split(";"))
        .map(String::strip)
        .filter(statement -> !statement.startsWith("ALTER DEFAULT PRIVILEGES"))
        .flatMap(statement -> inStatement(statement, created))
        .toList();
  }

  private static Stream<SchemaBreak> inStatement(String statement, Set<String> created) {
    Stream<SchemaBreak> removals = find(REMOVALS, statement);
    Stream<SchemaBreak> restrictions =
        find(RESTRICTIONS, statement).filter(found -> !created.contains(found.thing()));
    Stream<SchemaBreak> indexes =
        UNIQUE_INDEX
            .matcher(statement)
            .results()
            .filter(index -> !created.contains(index.group(2)))
            .map(index -> new SchemaBreak(index.group(1), "is a new unique index", false));
    Stream<SchemaBreak> clauses =
        ALTER_TABLE
            .matcher(statement)
            .results()
            .filter(table -> !created.contains(table.group(1)))
            .flatMap(table ->
                COMMA
                    .splitAsStream(table.group(2))
                    .flatMap(clause -> inClause(table.group(1), clause.strip()).stream()));
    return Stream.of(removals, restrictions, indexes, clauses).flatMap(each -> each);
  }

  private static Stream<SchemaBreak> find(List<Form> forms, String statement) {
    return forms.stream().flatMap(form -> form.find(statement, "", "").stream());
  }

  private static Optional<SchemaBreak> inClause(String table, String clause) {
    return first(TABLE_CLAUSES, clause, "", table)
        .or(() -> first(CONSTRAINT_CLAUSES, clause, "", table))
        .or(() -> first(COLUMN_CLAUSES, clause, table + ".", table));
  }

  private static Optional<SchemaBreak> first(
      List<Form> forms, String clause, String prefix, String table) {
    return forms.stream().flatMap(form -> form.find(clause, prefix, table).stream()).findFirst();
  }
}
