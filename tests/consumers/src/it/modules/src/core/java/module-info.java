/** A program on the module path. */
module consumer {
    requires io.github.kaitsu.core;
    requires io.github.kaitsu.sandbox;

    exports consumer;
}
