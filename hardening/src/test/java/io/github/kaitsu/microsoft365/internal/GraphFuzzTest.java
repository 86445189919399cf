package io.github.kaitsu.microsoft365.internal;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.kaitsu.hardening.Foreign;
import io.github.kaitsu.hardening.Vendor;

/** What Graph, or somebody in its place, answers. */
class GraphFuzzTest {
    private static final Vendor VENDOR = Vendor.started();

    @FuzzTest
    void graph(byte[] data) {
        int asked = VENDOR.answers(data);
        Foreign.read(data.length, 100_000, true, () -> {
            GraphReads reads = new GraphReads(VENDOR.access(), ".sharepoint.com");
            return switch (asked % 6) {
                case 0 -> reads.users();
                case 1 -> reads.servicePlans();
                case 2 -> reads.rootSite();
                case 3 -> reads.activeRoles();
                case 4 -> reads.signedInUser();
                default -> reads.tenant();
            };
        });
    }
}
