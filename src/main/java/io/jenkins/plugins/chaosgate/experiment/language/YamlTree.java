package io.jenkins.plugins.chaosgate.experiment.language;

import java.util.Set;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.events.AliasEvent;
import org.yaml.snakeyaml.events.CollectionStartEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.NodeEvent;
import org.yaml.snakeyaml.events.ScalarEvent;
import org.yaml.snakeyaml.parser.Parser;
import org.yaml.snakeyaml.parser.ParserImpl;
import org.yaml.snakeyaml.reader.ReaderException;
import org.yaml.snakeyaml.reader.StreamReader;

/**
 * Reads YAML into a tree, straight from the parser's events: no object is ever made of what a file says, and aliases,
 * anchors and tags are refused before they can multiply.
 */
final class YamlTree {

    private static final String REFUSED = "the value itself: aliases, anchors and tags are not read";
    private static final int LONGEST_LINE = 65_536;
    private static final Set<String> NULLS = Set.of("", "~", "null", "Null", "NULL");

    private final String text;
    private final Problems problems;
    private final TreeBuilder tree;
    private int documents;

    private YamlTree(String text, Problems problems) {
        this.text = text;
        this.problems = problems;
        this.tree = new TreeBuilder(problems);
    }

    /** The tree; null for a file without a document. */
    static Node parse(String text, Problems problems) {
        return new YamlTree(text, problems).parse();
    }

    private Node parse() {
        refuseLongLines();
        try {
            Parser parser = new ParserImpl(new StreamReader(text), options());
            for (Event event = parser.getEvent(); !event.is(Event.ID.StreamEnd); event = parser.getEvent()) {
                take(event);
            }
            return tree.root();
        } catch (ReaderException e) {
            Location at = Location.after(text.substring(0, Math.min(text.length(), Math.max(0, e.getPosition()))));
            throw problems.fatal(
                    at, "", String.format("found the character U+%04X", e.getCodePoint()), "printable text");
        } catch (MarkedYAMLException e) {
            Location at = at(e.getProblemMark());
            throw problems.fatal(at, "", YamlComplaints.inPlainWords(e, line(at)), "YAML that can be read");
        } catch (YAMLException e) {
            throw problems.fatal(
                    Location.WHOLE_FILE, "", "found " + Words.unquoted(e.getMessage()), "YAML that can be read");
        }
    }

    /** The parser takes a time that grows with the square of a line's length. */
    private void refuseLongLines() {
        int start = 0;
        for (int end = text.indexOf('\n'); start < text.length(); end = text.indexOf('\n', start)) {
            int length = (end < 0 ? text.length() : end) - start;
            if (length > LONGEST_LINE) {
                throw problems.fatal(
                        Location.after(text.substring(0, start)),
                        "",
                        "found a line of " + length + " characters",
                        "lines of at most " + LONGEST_LINE + " characters");
            }
            start += length + 1;
        }
    }

    private static LoaderOptions options() {
        LoaderOptions options = new LoaderOptions();
        options.setCodePointLimit(SourceText.MOST);
        options.setNestingDepthLimit(TreeBuilder.DEEPEST);
        options.setMaxAliasesForCollections(0);
        options.setAllowDuplicateKeys(false);
        options.setAllowRecursiveKeys(false);
        options.setProcessComments(false);
        return options;
    }

    private void take(Event event) {
        Location at = at(event.getStartMark());
        if (event instanceof AliasEvent alias) {
            throw problems.fatal(at, "", "found the alias " + Words.quote("*" + alias.getAnchor()), REFUSED);
        }
        if (event instanceof NodeEvent node && node.getAnchor() != null) {
            throw problems.fatal(at, "", "found the anchor " + Words.quote("&" + node.getAnchor()), REFUSED);
        }
        if (event instanceof CollectionStartEvent start) {
            refuseTag(at, start.getTag());
        }
        switch (event.getEventId()) {
            case DocumentStart -> startDocument(at);
            case MappingStart -> tree.startMap(at);
            case SequenceStart -> tree.startList(at);
            case MappingEnd, SequenceEnd -> tree.end();
            case Scalar -> take((ScalarEvent) event, at);
            default -> {} // Begin and end of the stream and end of a document carry nothing.
        }
    }

    private void take(ScalarEvent scalar, Location at) {
        refuseTag(at, scalar.getTag());
        boolean isNull = scalar.isPlain() && NULLS.contains(scalar.getValue());
        tree.scalar(at, scalar.getValue(), isNull);
    }

    private void refuseTag(Location at, String tag) {
        if (tag != null) {
            throw problems.fatal(at, "", "found the tag " + Words.quote(tag), REFUSED);
        }
    }

    private void startDocument(Location at) {
        documents++;
        if (documents > 1) {
            throw problems.fatal(at, "", "found a second document", "one experiment a file");
        }
    }

    private String line(Location at) {
        return text.lines().skip(Math.max(0, at.line() - 1)).findFirst().orElse("");
    }

    private static Location at(Mark mark) {
        return mark == null ? Location.WHOLE_FILE : new Location(mark.getLine() + 1, mark.getColumn() + 1);
    }
}
