package io.github.kaitsu.microsoft365;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kaitsu.ErrorCode;
import io.github.kaitsu.KaitsuException;
import io.github.kaitsu.microsoft365.AppPermissionRequests.Request;
import io.github.kaitsu.microsoft365.AppPermissionRequests.Right;
import io.github.kaitsu.microsoft365.AppPermissionRequests.Scope;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.StringLength;

/** The permission XML, whatever is asked for and whatever was pasted (M365-8). */
class AppPermissionPropertiesTest {
    private static final String MANUALS = AppPermissionRequests.tmcas().toXml();

    @Property
    void m365_8_whatIsWritten_isReadBackTheSame(@ForAll("requests") AppPermissionRequests requests) {
        assertThat(AppPermissionRequests.parse(requests.toXml())).isEqualTo(requests);
    }

    @Property
    void m365_8_spacesBetweenTheElements_changeNothing(
            @ForAll("requests") AppPermissionRequests requests,
            @ForAll @CharRange(from = '\t', to = '\n') @StringLength(max = 5) String spaces) {
        String other = spaces + requests.toXml().replace("\n", spaces + "\r\n").replace(" />", spaces + "/>") + spaces;

        assertThat(AppPermissionRequests.parse(other)).isEqualTo(requests);
    }

    @Property
    void m365_8_anyText_isReadOrRefusedWithAReason(@ForAll @StringLength(max = 200) String text) {
        assertThat(read(text)).isEmpty();
    }

    @Property(tries = 3_000)
    void m365_8_theManualsXmlWithASlip_isTheSameOrRefused_neverSomethingElse(
            @ForAll @IntRange(max = 200) int at, @ForAll("slips") char slip, @ForAll @IntRange(max = 2) int kind) {
        int from = at % MANUALS.length();
        int to = kind == 0 ? from : from + 1;
        String slipped = MANUALS.substring(0, from) + (kind == 2 ? "" : slip) + MANUALS.substring(to);

        assertThat(read(slipped).orElse(AppPermissionRequests.tmcas())).isEqualTo(AppPermissionRequests.tmcas());
    }

    /** Empty if it is refused, which must be with a reason. */
    private static Optional<AppPermissionRequests> read(String text) {
        try {
            return Optional.of(AppPermissionRequests.parse(text));
        } catch (KaitsuException e) {
            assertThat(e.code()).isEqualTo(ErrorCode.INVALID_PERMISSION_XML);
            assertThat(e.getMessage()).isNotBlank();
            return Optional.empty();
        }
    }

    @Provide
    Arbitrary<Character> slips() {
        return Arbitraries.oneOf(
                Arbitraries.chars().with("<>/=\"' aAgeMrtu10&;!-?[]\u3000\u0000\uFEFF"),
                Arbitraries.chars().all());
    }

    @Provide
    Arbitrary<AppPermissionRequests> requests() {
        Arbitrary<List<Request>> distinct =
                request().list().ofMinSize(1).ofMaxSize(Scope.values().length).uniqueElements(Request::scope);
        return Combinators.combine(Arbitraries.of(true, false), distinct).as(AppPermissionRequests::new);
    }

    private static Arbitrary<Request> request() {
        return Combinators.combine(Arbitraries.of(Scope.values()), Arbitraries.of(Right.values()))
                .as(Request::new);
    }
}
