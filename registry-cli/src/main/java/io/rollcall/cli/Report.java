package io.rollcall.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rollcall.api.http.Json;
import io.rollcall.client.Outcome;
import io.rollcall.client.answer.Refusal;
import java.io.PrintWriter;
import java.util.List;
import java.util.function.Consumer;

/** Prints how a call ended: the answer on standard output, or on standard error what went wrong and what to do. */
final class Report {

    private final Terminal terminal;
    private final OutputFormat format;
    private final List<String> servers;

    Report(Terminal terminal, OutputFormat format, List<String> servers) {
        this.terminal = terminal;
        this.format = format;
        this.servers = servers;
    }

    /**
     * Prints an outcome.
     *
     * @param outcome what came of the call
     * @param table prints the answer for people
     * @return the exit status
     */
    <T> int print(Outcome<T> outcome, Consumer<Outcome.Done<T>> table) {
        return outcome.match(new Outcome.Cases<T, Integer>() {
            @Override
            public Integer done(Outcome.Done<T> done) {
                if (format == OutputFormat.TABLE) {
                    table.accept(done);
                } else if (!done.json().isMissingNode()) {
                    out().println(pretty(done.json()));
                }
                return ExitStatus.OK;
            }

            @Override
            public Integer refused(Outcome.Refused<T> refused) {
                return Report.this.refused(refused.refusal());
            }

            @Override
            public Integer unanswered(Outcome.Unanswered<T> unanswered) {
                return failed(
                        "unanswered",
                        unanswered.detail(),
                        "rollcall: nobody answered, nothing was done: " + unanswered.detail(),
                        "Check that a node runs at " + String.join(", ", servers)
                                + ", or name others with --server or ROLLCALL_SERVERS.");
            }

            @Override
            public Integer unknown(Outcome.Unknown<T> unknown) {
                return failed(
                        "unknown",
                        unknown.detail(),
                        "rollcall: OUTCOME UNKNOWN, it may or may not have been done: " + unknown.detail(),
                        "Repeat it within ten minutes with --request-id " + unknown.requestId()
                                + ": it is then done once at most.");
            }
        });
    }

    PrintWriter out() {
        return terminal.out();
    }

    /** Tells people more, beside the result. */
    void hint(String text) {
        terminal.err().println(text);
    }

    /** Prints a table for people. */
    void show(Table table) {
        table.lines().forEach(terminal::show);
    }

    /** Prints a line for people. */
    void show(ColouredText line) {
        terminal.show(line);
    }

    private int refused(Refusal refusal) {
        if (format == OutputFormat.JSON) {
            ObjectNode json = Json.mapper().createObjectNode();
            json.put("outcome", "refused");
            json.put("status", refusal.status());
            json.put("code", refusal.code());
            json.put("detail", refusal.detail());
            refusal.members().forEach(json::putPOJO);
            terminal.err().println(pretty(json));
        } else {
            terminal.err().println("rollcall: refused, nothing was done: " + refusal);
        }
        return ExitStatus.FAILURE;
    }

    private int failed(String outcome, String detail, String text, String advice) {
        if (format == OutputFormat.JSON) {
            ObjectNode json = Json.mapper().createObjectNode();
            json.put("outcome", outcome);
            json.put("detail", detail);
            json.put("advice", advice);
            terminal.err().println(pretty(json));
        } else {
            terminal.err().println(text);
            terminal.err().println(advice);
        }
        return ExitStatus.FAILURE;
    }

    private static String pretty(JsonNode json) {
        try {
            return Json.mapper().writerWithDefaultPrettyPrinter().writeValueAsString(json);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("JSON that was read cannot be written", e);
        }
    }
}
