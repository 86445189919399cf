/** A program on the module path. */
module consumer {
    requires com.google.common; // of Google's client, which is no module and so cannot ask for them
    requires com.google.gson;
    requires io.github.kaitsu.core;
    requires io.github.kaitsu.google;
    requires io.github.kaitsu.sandbox;

    exports consumer;
}
