package io.github.kaitsu.contract;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What a loss of power would take, at worst: contents since the last force of their file, names since the last force of their
 * directory. Each is kept as the way back.
 */
final class Unforced {
    private final Map<Path, byte[]> contents = new HashMap<>();
    private final Deque<Name> names = new ArrayDeque<>();

    /** A name that changed, and the forced content that stood under it: null if there was no such name. */
    private static final class Name {
        final Path path;
        final byte[] before;

        Name(Path path, byte[] before) {
            this.path = path;
            this.before = before;
        }
    }

    void created(Path path) {
        names.push(new Name(path, null));
    }

    void changing(Path file) throws IOException {
        if (!contents.containsKey(file)) {
            contents.put(file, Files.readAllBytes(file));
        }
    }

    void forced(Path file) {
        contents.remove(file);
    }

    void namesForced(Path directory) {
        names.removeIf(name -> name.path.getParent().equals(directory));
    }

    void moving(Path from, Path to) throws IOException {
        names.push(new Name(to, Files.exists(to) ? content(to) : null));
        byte[] lost = contents.remove(from);
        if (lost == null) {
            contents.remove(to);
        } else {
            contents.put(to, lost);
        }
    }

    void deleting(Path file) throws IOException {
        names.push(new Name(file, content(file)));
        contents.remove(file);
    }

    private byte[] content(Path file) throws IOException {
        return contents.containsKey(file) ? contents.get(file) : Files.readAllBytes(file);
    }

    /** Power is gone. */
    void lose() throws IOException {
        for (Map.Entry<Path, byte[]> content : contents.entrySet()) {
            if (Files.exists(content.getKey())) {
                Files.write(content.getKey(), content.getValue());
            }
        }
        for (Name name : List.copyOf(names)) { // the youngest first
            if (name.before == null) {
                deleteTree(name.path);
            } else {
                Files.write(name.path, name.before);
                Files.setPosixFilePermissions(name.path, PosixFilePermissions.fromString("rw-------"));
            }
        }
    }

    private static void deleteTree(Path root) throws IOException {
        if (Files.exists(root)) {
            try (Stream<Path> tree = Files.walk(root)) {
                for (Path path : tree.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(path);
                }
            }
        }
    }
}
