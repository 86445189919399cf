package io.github.kaitsu.desk.sandbox;

import static io.github.kaitsu.CloudService.BOX;
import static io.github.kaitsu.CloudService.DROPBOX;
import static io.github.kaitsu.CloudService.EXCHANGE_ONLINE;
import static io.github.kaitsu.CloudService.GMAIL;
import static io.github.kaitsu.CloudService.GOOGLE_DRIVE;
import static io.github.kaitsu.CloudService.MICROSOFT_TEAMS;
import static io.github.kaitsu.CloudService.ONEDRIVE;
import static io.github.kaitsu.CloudService.SHAREPOINT_ONLINE;

import io.github.kaitsu.ActivationStatus;
import io.github.kaitsu.CloudService;
import io.github.kaitsu.desk.sandbox.Persona.Fate;
import io.github.kaitsu.sandbox.Scenario;
import io.github.kaitsu.sandbox.Scenario.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The thirty customers, so that every state can be seen. */
final class Cast {
    private static final Duration QUICK = Duration.ofMinutes(20);
    private static final Duration USUAL = Duration.ofHours(2);
    private static final Duration SLOW = Duration.ofHours(15);
    private static final int FEW = 80;
    private static final int MANY = 12_000;

    private static final CloudService[] ALL = CloudService.standard().toArray(CloudService[]::new);
    private static final CloudService[] MICROSOFT = {EXCHANGE_ONLINE, SHAREPOINT_ONLINE, ONEDRIVE, MICROSOFT_TEAMS};
    private static final CloudService[] GOOGLE = {GMAIL, GOOGLE_DRIVE};

    private final List<Persona> all = new ArrayList<>();

    private Cast() {}

    static List<Persona> all() {
        Cast cast = new Cast();
        cast.everyone();
        return List.copyOf(cast.all);
    }

    private void everyone() {
        usual("株式会社青葉製作所", FEW, QUICK, BOX);
        usual("みどり会計事務所", FEW, QUICK, GOOGLE);
        ours("有限会社さくら食品");
        usual("東海システム開発株式会社", FEW, USUAL, MICROSOFT);
        stops("株式会社北斗物流", ActivationStatus.LINKING, DROPBOX, BOX);
        stuck("山手クリニック");
        usual("株式会社湊設計", MANY, SLOW, ALL);
        scenario("株式会社みなみ商会", Kind.CO_ADMIN, BOX);
        forbidden("学校法人若葉学園");
        usual("株式会社ひかり電機", FEW, QUICK, DROPBOX);
        ours("日の出建設株式会社", BOX, EXCHANGE_ONLINE);
        stops("株式会社富士見出版", ActivationStatus.FINISHING, BOX);
        fate("合同会社ことり", Fate.CANCELLED, DROPBOX, GMAIL);
        usual("株式会社中央印刷", FEW, QUICK, ALL);
        scenario("株式会社瀬戸内水産", Kind.FOREIGN_PENDING, BOX, DROPBOX);
        fate("株式会社旭運輸", Fate.REMOVED, DROPBOX);
        usual("社会福祉法人あじさい会", MANY, USUAL, MICROSOFT);
        ours("株式会社高原リゾート", ALL);
        fate("株式会社大和機工", Fate.REMOVING, BOX);
        usual("株式会社つばさ旅行", FEW, SLOW, GOOGLE);
        fate("株式会社白川薬局", Fate.LOST, DROPBOX);
        stops("株式会社千里ソフト", ActivationStatus.LINKING, ALL);
        scenario("株式会社宮の森不動産", Kind.ALREADY_LINKED, BOX);
        usual("株式会社しらかば", FEW, USUAL, BOX, DROPBOX);
        scenario("株式会社浜風マリン", Kind.MARKETPLACE_BLOCKED, GMAIL);
        usual("税理士法人つむぎ", FEW, QUICK, GMAIL, ONEDRIVE);
        ours("株式会社暁フーズ", GOOGLE);
        usual("株式会社石川工務店", MANY, SLOW, BOX, GMAIL, EXCHANGE_ONLINE);
        stops("株式会社北陸テレビ", ActivationStatus.SYNCHRONIZING, DROPBOX, BOX);
        usual("株式会社銀河レコード", FEW, USUAL, DROPBOX, MICROSOFT_TEAMS);
    }

    private void usual(String company, int users, Duration pace, CloudService... services) {
        add(company, services, Scenario.NONE, users, true, pace, Optional.empty(), Fate.NONE);
    }

    private void ours(String company, CloudService... services) {
        add(
                company,
                services.length == 0 ? new CloudService[] {BOX} : services,
                Scenario.NONE,
                FEW,
                false,
                QUICK,
                Optional.empty(),
                Fate.NONE);
    }

    private void scenario(String company, Kind kind, CloudService... services) {
        add(company, services, Scenario.of(kind), FEW, true, QUICK, Optional.empty(), Fate.NONE);
    }

    private void stops(String company, ActivationStatus at, CloudService... services) {
        add(company, services, Scenario.NONE, FEW, true, QUICK, Optional.of(at), Fate.NONE);
    }

    /** Waits in vain for its first service, and nobody looks after it. */
    private void stuck(String company) {
        add(
                company,
                new CloudService[] {BOX},
                Scenario.of(Kind.STUCK_PENDING),
                FEW,
                true,
                QUICK,
                Optional.of(ActivationStatus.STALLED),
                Fate.NONE);
    }

    /** Google's settings forbid the app, and nobody changes them. */
    private void forbidden(String company) {
        add(
                company,
                GOOGLE,
                Scenario.of(Kind.MARKETPLACE_BLOCKED),
                FEW,
                true,
                QUICK,
                Optional.of(ActivationStatus.CHECKING),
                Fate.NONE);
    }

    private void fate(String company, Fate fate, CloudService... services) {
        add(company, services, Scenario.NONE, FEW, true, QUICK, Optional.empty(), fate);
    }

    private void add(
            String company,
            CloudService[] services,
            Scenario scenario,
            int users,
            boolean isInvited,
            Duration pace,
            Optional<ActivationStatus> stopsAt,
            Fate fate) {
        all.add(new Persona(
                all.size() + 1, company, List.of(services), scenario, users, isInvited, pace, stopsAt, fate));
    }
}
