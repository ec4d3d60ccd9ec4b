package io.jenkins.plugins.chaosgate.api;

import jakarta.servlet.Servlet;
import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import net.java.sezpoz.Indexable;

/** Signatures of Jenkins' API, compiled with what of it is on Maven Central and without the rest. */
final class Signatures implements AutoCloseable {

    /** A class of each library that signatures may mention. */
    private static final List<Class<?>> LIBRARIES = List.of(Indexable.class, Servlet.class);

    private final Path classes;
    private final URLClassLoader loader;

    private Signatures(Path classes, URLClassLoader loader) {
        this.classes = classes;
        this.loader = loader;
    }

    /** Compiles all sources below {@code sources} into {@code classes}, an empty folder. */
    static Signatures compile(Path sources, Path classes) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter messages = new StringWriter();
        List<Path> files = filesBelow(sources, ".java");
        try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, null)) {
            List<String> options = List.of("-d", classes.toString(), "-proc:none", "-classpath", libraries());
            boolean compiled = compiler.getTask(
                            messages, manager, null, options, null, manager.getJavaFileObjectsFromPaths(files))
                    .call();
            if (!compiled) {
                throw new IllegalArgumentException("the signatures do not compile:\n" + messages);
            }
        }
        Stream<Path> path = Stream.concat(Stream.of(classes), LIBRARIES.stream().map(Signatures::jar));
        URL[] urls = path.map(Signatures::url).toArray(URL[]::new);
        return new Signatures(classes, new URLClassLoader(urls, ClassLoader.getPlatformClassLoader()));
    }

    /** Each type, nested ones too. */
    List<Class<?>> types() throws IOException, ClassNotFoundException {
        List<Class<?>> types = new ArrayList<>();
        for (Path file : filesBelow(classes, ".class")) {
            String path = classes.relativize(file).toString();
            String name = path.substring(0, path.length() - ".class".length()).replace(File.separatorChar, '.');
            types.add(Class.forName(name, false, loader));
        }
        return types;
    }

    @Override
    public void close() throws IOException {
        loader.close();
    }

    private static List<Path> filesBelow(Path folder, String ending) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(file -> file.toString().endsWith(ending)).sorted().toList();
        }
    }

    private static String libraries() {
        return String.join(
                File.pathSeparator,
                LIBRARIES.stream().map(type -> jar(type).toString()).toList());
    }

    private static Path jar(Class<?> type) {
        URL place = type.getProtectionDomain().getCodeSource().getLocation();
        try {
            return Path.of(new URI(place.toString()));
        } catch (URISyntaxException e) {
            throw new IllegalStateException(place + " is not the address of a file", e);
        }
    }

    private static URL url(Path path) {
        try {
            return path.toUri().toURL();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
