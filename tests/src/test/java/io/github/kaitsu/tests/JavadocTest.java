package io.github.kaitsu.tests;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ModifiersTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePathScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.lang.model.element.Modifier;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever a user of a published module can name, somebody has explained: type, method, constructor, field and constant. */
class JavadocTest {
    private static final Pattern EXPORTED = Pattern.compile("exports ([\\w.]+)");
    private static final Set<Modifier> VISIBLE = EnumSet.of(Modifier.PUBLIC, Modifier.PROTECTED);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "core",
                "box",
                "dropbox",
                "google",
                "microsoft365",
                "browser",
                "sandbox",
                "spring-boot",
                "invite",
                "cluster"
            })
    void everythingThatAUserCanName_isExplained(String module) throws IOException {
        Path sources = Path.of("..", module, "src", "main", "java");
        if (!Files.exists(sources)) {
            return; // not built yet
        }
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        Set<String> silent = new TreeSet<>();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
            JavacTask task = (JavacTask) compiler.getTask(
                    null,
                    files,
                    null,
                    List.of("-proc:none"),
                    null,
                    files.getJavaFileObjectsFromPaths(exported(sources)));
            Trees trees = Trees.instance(task);
            for (CompilationUnitTree file : task.parse()) {
                new Members(trees, silent).scan(file, null);
            }
        }
        assertThat(silent).isEmpty();
    }

    /** What the module exports; where it has no list, all but what is internal. */
    private static List<Path> exported(Path sources) throws IOException {
        Path list = sources.resolve("module-info.java");
        Set<String> packages = Files.exists(list)
                ? EXPORTED.matcher(Files.readString(list))
                        .results()
                        .map(m -> m.group(1))
                        .collect(Collectors.toSet())
                : Set.of();
        try (Stream<Path> all = Files.walk(sources)) {
            return all.filter(f -> f.toString().endsWith(".java") && !f.endsWith("module-info.java"))
                    .filter(f -> {
                        String name =
                                sources.relativize(f).getParent().toString().replace('/', '.');
                        return packages.isEmpty() ? !name.contains("internal") : packages.contains(name);
                    })
                    .toList();
        }
    }

    /** Goes through what is visible from outside, type by type. */
    private static final class Members extends TreePathScanner<Void, Void> {
        private final Trees trees;
        private final Set<String> silent;
        private final List<String> inside = new ArrayList<>();
        private Tree.Kind around = Tree.Kind.CLASS;

        Members(Trees trees, Set<String> silent) {
            this.trees = trees;
            this.silent = silent;
        }

        @Override
        public Void visitClass(ClassTree type, Void none) {
            if (isVisible(type.getModifiers())) {
                check(type.getSimpleName());
                Tree.Kind outer = around;
                around = type.getKind();
                inside.add(type.getSimpleName().toString());
                super.visitClass(type, null);
                inside.remove(inside.size() - 1);
                around = outer;
            }
            return null;
        }

        @Override
        public Void visitMethod(MethodTree method, Void none) {
            boolean isInherited = method.getModifiers().getAnnotations().stream()
                    .anyMatch(a -> a.getAnnotationType().toString().equals("Override"));
            if (isVisible(method.getModifiers()) && !isInherited) {
                check(method.getName());
            }
            return null; // what is inside is nobody's
        }

        @Override
        public Void visitVariable(VariableTree field, Void none) {
            if (isVisible(field.getModifiers())) {
                check(field.getName());
            }
            return null;
        }

        /** Of an interface everything is; of an enum the constants are public by themselves. */
        private boolean isVisible(ModifiersTree modifiers) {
            boolean isImplied = around == Tree.Kind.INTERFACE || around == Tree.Kind.ANNOTATION_TYPE;
            return modifiers.getFlags().stream().anyMatch(VISIBLE::contains)
                    || (isImplied && !modifiers.getFlags().contains(Modifier.PRIVATE));
        }

        private void check(CharSequence name) {
            if (trees.getDocComment(getCurrentPath()) == null) {
                silent.add(String.join(".", inside) + "#" + name);
            }
        }
    }
}
