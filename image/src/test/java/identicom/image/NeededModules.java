package identicom.image;

import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.classfile.constantpool.PoolEntry;
import java.lang.module.ModuleFinder;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Enumeration;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;

/** The JDK's modules whose classes the classes in jars name. */
final class NeededModules {
    private final Map<String, String> moduleOfPackage = new HashMap<>();
    private final SortedMap<String, SortedSet<String>> jarsOfModule = new TreeMap<>();

    private NeededModules() {
        ModuleFinder.ofSystem()
                .findAll()
                .forEach(module -> module.descriptor()
                        .packages()
                        .forEach(name ->
                                moduleOfPackage.put(name, module.descriptor().name())));
    }

    /** Each module, and the jars that name it, by their names without version. */
    static SortedMap<String, SortedSet<String>> of(Collection<Path> jars) throws IOException {
        NeededModules needed = new NeededModules();
        for (Path jar : jars) {
            needed.read(jar);
        }
        return needed.jarsOfModule;
    }

    private void read(Path path) throws IOException {
        String name = path.getFileName().toString().replaceAll("-\\d.*", "");
        try (JarFile jar = new JarFile(path.toFile())) {
            Enumeration<JarEntry> entries = jar.entries();
            while (entries.hasMoreElements()) {
                JarEntry entry = entries.nextElement();
                if (entry.getName().endsWith(".class") && !entry.getName().endsWith("module-info.class")) {
                    read(name, ClassFile.of().parse(jar.getInputStream(entry).readAllBytes()));
                }
            }
        }
    }

    private void read(String jar, ClassModel model) {
        for (PoolEntry entry : model.constantPool()) {
            if (entry instanceof ClassEntry named) {
                String module = moduleOfPackage.get(packageOf(named.asInternalName()));
                if (module != null) {
                    jarsOfModule
                            .computeIfAbsent(module, unseen -> new TreeSet<>())
                            .add(jar);
                }
            }
        }
    }

    /** Of a class or, with its brackets and {@code L}, of an array's elements. */
    private static String packageOf(String internalName) {
        String name = internalName.replaceFirst("^\\[+L?", "");
        int end = name.lastIndexOf('/');
        return end < 0 ? "" : name.substring(0, end).replace('/', '.');
    }
}
