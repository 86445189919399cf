package io.github.kaitsu.invite.internal;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.zxing.common.DecoderResult;
import com.google.zxing.qrcode.decoder.Decoder;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Read back by somebody else's decoder, which corrects what is wrong; so it must have had nothing to correct. */
class QrCodeTest {
    static IntStream lengths() {
        return IntStream.of(1, 14, 15, 26, 27, 42, 43, 62, 63, 84, 85, 106, 107, 122, 123, 152, 153, 180, 181, 213);
    }

    /** The shortest and longest text of each of the ten versions. */
    @ParameterizedTest
    @MethodSource("lengths")
    void aText_isReadBackAsItWas(int length) throws Exception {
        String text = "https://portal.example.co.jp/invite/0123456789abcdefghijklmnopqrstuvwxyz-_".repeat(3);
        String link = text.substring(0, length);

        DecoderResult read = decoded(QrCode.of(link).orElseThrow());

        assertThat(read.getText()).isEqualTo(link);
        assertThat(read.getECLevel()).isEqualTo("M");
        assertThat(read.getErrorsCorrected()).isZero();
    }

    @Test
    void eachText_getsTheSmallestCode_andTooLongAOneGetsNone() {
        assertThat(QrCode.of("x".repeat(14)).orElseThrow().size()).isEqualTo(21);
        assertThat(QrCode.of("x".repeat(15)).orElseThrow().size()).isEqualTo(25);
        assertThat(QrCode.of("x".repeat(QrCode.MOST_BYTES)).orElseThrow().size())
                .isEqualTo(57);
        assertThat(QrCode.of("x".repeat(QrCode.MOST_BYTES + 1))).isEmpty();
    }

    @Test
    void asAPicture_itIsOneShapeWithAQuietBorder() {
        String svg =
                Html.document(QrCode.of("https://example.co.jp/a").orElseThrow().svg("コード"));

        assertThat(svg).contains("viewBox=\"0 0 33 33\"", "aria-label=\"コード\"").hasSizeLessThan(8_000);
        assertThat(svg).contains("M4 4h7v1H4z"); // the upper edge of the first finder
    }

    private static DecoderResult decoded(QrCode code) throws Exception {
        boolean[][] picture = new boolean[code.size()][code.size()];
        for (int y = 0; y < code.size(); y++) {
            for (int x = 0; x < code.size(); x++) {
                picture[y][x] = code.isDark(x, y);
            }
        }
        return new Decoder().decode(picture);
    }
}
