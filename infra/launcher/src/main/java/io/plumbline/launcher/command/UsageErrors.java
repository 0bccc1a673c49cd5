package io.plumbline.launcher.command;

import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Reports a command line that is not valid in one line, with the nearest valid name. */
final class UsageErrors implements IParameterExceptionHandler {

  @Override
  public int handleParseException(ParameterException failure, String[] arguments) {
    CommandLine command = failure.getCommandLine();
    String line =
        failure instanceof UnmatchedArgumentException unmatched
            ? unmatched(unmatched, command)
            : withoutPeriod(String.valueOf(failure.getMessage())) + "; " + help(command);
    command.getErr().println("plumbline: " + line);
    return ExitCode.USAGE;
  }

  private static String unmatched(UnmatchedArgumentException failure, CommandLine command) {
    String argument = failure.getUnmatched().getFirst();
    List<String> suggestions = failure.getSuggestions();
    String nearest =
        suggestions.isEmpty() ? "" : ", did you mean '" + suggestions.getFirst() + "'?";
    String where = command.getCommandSpec().qualifiedName();
    String what =
        argument.startsWith("-")
            ? where + " has no option '" + argument + "'"
            : command.getSubcommands().isEmpty()
                ? where + " takes no argument '" + argument + "'"
                : "there is no command '" + argument + "'";
    return what + nearest + (nearest.isEmpty() ? "; " : " ") + help(command);
  }

  private static String withoutPeriod(String message) {
    return message.endsWith(".") ? message.substring(0, message.length() - 1) : message;
  }

  private static String help(CommandLine command) {
    return command.getParent() == null
        ? "`./plumbline help` lists the commands."
        : "`" + command.getCommandSpec().qualifiedName() + " --help` shows its options.";
  }
}
