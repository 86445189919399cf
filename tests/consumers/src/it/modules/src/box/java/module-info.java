/** A program on the module path. */
module consumer {
    requires io.github.kaitsu.box;
    requires io.github.kaitsu.core;
    requires io.github.kaitsu.sandbox;
    requires kotlin.stdlib; // of OkHttp, which is no module and so cannot ask for it

    exports consumer;
}
