package io.rollcall.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rollcall.api.audit.AuditFiles;
import io.rollcall.api.audit.AuditVerification;
import io.rollcall.api.audit.AuditVerification.Broken;
import io.rollcall.api.audit.AuditVerification.Found;
import io.rollcall.api.audit.AuditVerification.Head;
import io.rollcall.api.http.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Finds the first line of an audit log that is not as it was written. */
@Command(
        name = "verify",
        abbreviateSynopsis = true,
        sortOptions = false,
        description = "Find the first line of an audit log that is not as it was written; no node is asked.",
        footer = {
            "",
            "The lines are chained by their hashes: what was edited, removed, added or moved is found. A log whose end was",
            "cut off between two lines, or that was written anew from some line on, is whole in itself: give a head that",
            "the node named in its own log, or that you noted, by --head.",
            "",
            "Examples:",
            "  rollcall audit verify data/audit",
            "  rollcall audit verify data/audit --head 1041:9f2c…"
        })
final class AuditVerifyCommand implements Callable<Integer> {

    private static final Pattern HEAD = Pattern.compile("([0-9]{1,18}):([0-9a-f]{64})");

    private final Terminal terminal;

    @Parameters(index = "0", paramLabel = "FILE|DIR", description = "One file of the log, or the folder with all.")
    private String where = "";

    @Option(
            names = "--head",
            paramLabel = "LINE:HASH",
            description = "A line that must be there, as it was noted elsewhere.")
    private @Nullable String head;

    @Option(names = "--output", paramLabel = "FORMAT", description = "json or table. Default: table.")
    private OutputFormat output = OutputFormat.TABLE;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Explain this command.")
    @SuppressWarnings("UnusedVariable") // picocli looks at it
    private boolean help;

    AuditVerifyCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        try {
            Path path = Path.of(where);
            List<Path> files = Files.isDirectory(path) ? AuditFiles.in(path) : List.of(path);
            if (files.isEmpty()) {
                throw new UsageException("there is no file of an audit log in " + where);
            }
            Found found = AuditVerification.verify(files, noted());
            if (output == OutputFormat.JSON) {
                terminal.out().println(json(found).toPrettyString());
            } else {
                print(files, found);
            }
            return found.broken() == null ? ExitStatus.OK : ExitStatus.FAILURE;
        } catch (IOException e) {
            throw new UsageException("cannot read " + where + ": " + e);
        }
    }

    private @Nullable Head noted() {
        if (head == null) {
            return null;
        }
        Matcher matcher = HEAD.matcher(head);
        if (!matcher.matches()) {
            throw new UsageException("--head is a line's number and its hash, such as 1041:9f2c… with 64 digits");
        }
        return new Head(Long.parseLong(matcher.group(1)), matcher.group(2));
    }

    private void print(List<Path> files, Found found) {
        Broken broken = found.broken();
        if (broken != null) {
            terminal.err()
                    .printf(
                            "rollcall: BROKEN at %s%s: %s%n",
                            broken.file(), broken.line() > 0 ? ", line " + broken.line() : "", broken.reason());
            terminal.err().printf("%d lines before it are whole.%n", found.lines());
            return;
        }
        terminal.out()
                .printf(
                        "whole: %d lines in %s, %d to %d%n",
                        found.lines(),
                        files.size() == 1 ? "1 file" : files.size() + " files",
                        found.firstSequence(),
                        found.lastSequence());
        terminal.out().printf("head: %d:%s%n", found.lastSequence(), found.lastHash());
        if (found.firstSequence() > 1) {
            terminal.out().println("It does not begin with line 1: older files were removed, by rotation or by hand.");
        }
        if (found.gaps() > 0) {
            terminal.out().printf("The node could not write %d events, and says so.%n", found.gaps());
        }
        if (found.tornBytes() > 0) {
            terminal.out().println("The last line is incomplete: the node was writing it, or it was cut off.");
        }
    }

    private static ObjectNode json(Found found) {
        ObjectNode json = Json.mapper().createObjectNode();
        json.put("whole", found.broken() == null);
        json.put("lines", found.lines());
        json.put("first", found.firstSequence());
        json.put("last", found.lastSequence());
        json.put("head", found.lastHash());
        json.put("lost", found.gaps());
        json.put("tornBytes", found.tornBytes());
        Broken broken = found.broken();
        if (broken != null) {
            json.put("file", broken.file().toString());
            json.put("line", broken.line());
            json.put("reason", broken.reason());
        }
        return json;
    }
}
