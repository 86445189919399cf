package io.github.kaitsu;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A cloud service that Trend Micro Cloud App Security can protect.
 *
 * <p>The names are those the console shows, whole: Box is in Dropbox and Teams in Teamsチャット, so a service is never
 * recognised by a part of a label.
 */
public enum CloudService {
    /** Box, by its primary administrator. */
    BOX("box", Provider.BOX, "Box", "Box"),
    /** A Dropbox team, by a team admin. */
    DROPBOX("dropbox", Provider.DROPBOX, "Dropbox", "Dropbox"),
    /** Gmail of Google Workspace, by a super admin. */
    GMAIL("gmail", Provider.GOOGLE, "Gmail", "Gmail"),
    /** Google Drive, by a super admin; shares one app with Gmail. */
    GOOGLE_DRIVE("google-drive", Provider.GOOGLE, "Googleドライブ", "Google Drive", "drive"),
    /** Exchange Online, by a Global Administrator. */
    EXCHANGE_ONLINE("exchange-online", Provider.MICROSOFT365, "Exchange Online", "Exchange Online", "exchange"),
    /** SharePoint Online, by a Global Administrator. */
    SHAREPOINT_ONLINE(
            "sharepoint-online", Provider.MICROSOFT365, "SharePoint Online", "SharePoint Online", "sharepoint"),
    /** OneDrive for Business, by a Global Administrator. */
    ONEDRIVE("onedrive", Provider.MICROSOFT365, "OneDrive", "OneDrive"),
    /** Teams' channels, by a Global Administrator; its window ends with a permission at SharePoint (M365-4). */
    MICROSOFT_TEAMS("microsoft-teams", Provider.MICROSOFT365, "Microsoft Teams", "Microsoft Teams", "teams"),
    /** Refused by every request: the vendor may charge for it (rule M365-3). */
    TEAMS_CHAT("teams-chat", Provider.MICROSOFT365, "Teamsチャット", "Teams Chat"),
    /** Optional; only for customers that use it, after another Microsoft 365 service (rule MIP-1). */
    MIP("mip", Provider.MICROSOFT365, "Microsoft Information Protection", "Microsoft Information Protection");

    /** Whose tenant a service lives in; services of one provider share connection, tenant and administrator. */
    public enum Provider {
        /** Box. */
        BOX("Box"),
        /** Dropbox. */
        DROPBOX("Dropbox"),
        /** Google Workspace: Gmail and Google Drive. */
        GOOGLE("Google Workspace"),
        /** Microsoft 365: Exchange Online, SharePoint Online, OneDrive, Teams, Information Protection. */
        MICROSOFT365("Microsoft 365");

        private final String label;

        Provider(String label) {
            this.label = label;
        }

        /** The name as people write it, in either language. */
        public String label() {
            return label;
        }
    }

    private static final List<CloudService> STANDARD =
            List.of(BOX, DROPBOX, GMAIL, GOOGLE_DRIVE, EXCHANGE_ONLINE, SHAREPOINT_ONLINE, ONEDRIVE, MICROSOFT_TEAMS);

    private final String id;
    private final Provider provider;
    private final String labelJa;
    private final String labelEn;
    private final List<String> shortForms;

    CloudService(String id, Provider provider, String labelJa, String labelEn, String... shortForms) {
        this.id = id;
        this.provider = provider;
        this.labelJa = labelJa;
        this.labelEn = labelEn;
        this.shortForms = List.of(shortForms);
    }

    /** The eight services of the manuals, in the order in which they are linked. */
    public static List<CloudService> standard() {
        return STANDARD;
    }

    /** The lower-case hyphenated name, for command lines and files: {@code google-drive}. */
    public String id() {
        return id;
    }

    /** Whose tenant it lives in. */
    public Provider provider() {
        return provider;
    }

    /** Whether the console asks for the organisation before the service (rule COMMON-6). */
    public boolean isMicrosoft365() {
        return provider == Provider.MICROSOFT365;
    }

    /** The name as the console shows it, Japanese for {@link Locale#JAPANESE}, English otherwise. */
    public String label(Locale locale) {
        return locale.getLanguage().equals("ja") ? labelJa : labelEn;
    }

    /** Finds a service by its id, short form or enum name, ignoring case and surrounding space. */
    public static Optional<CloudService> parse(String text) {
        String wanted = text.strip().toLowerCase(Locale.ROOT).replace('_', '-');
        return Arrays.stream(values())
                .filter(s -> s.id.equals(wanted) || s.shortForms.contains(wanted))
                .findFirst();
    }
}
