package io.github.kaitsu.sandbox.internal;

import io.github.kaitsu.CloudService;
import io.github.kaitsu.sandbox.HandsOn;
import io.github.kaitsu.sandbox.Violation;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One change of the sandbox's world: one line of its log. The record's name and fields are the line's form. */
public sealed interface Change {
    /** Folds this change into the world. */
    void applyTo(World world);

    /** The sandbox was built. */
    record Began(Setup setup) implements Change {
        @Override
        public void applyTo(World world) {
            world.begin(setup);
        }
    }

    record ClockMoved(Instant to) implements Change {
        @Override
        public void applyTo(World world) {
            world.now = to;
        }
    }

    /** Somebody did something with a page; the path is without its query. */
    record Acted(HandsOn.Actor actor, HandsOn what, String site, String path) implements Change {
        @Override
        public void applyTo(World world) {
            world.handsOn.merge(actor, what, HandsOn::plus);
        }
    }

    /** A person did something that no page can see. */
    record Counted(HandsOn.Kind kind, int times) implements Change {
        @Override
        public void applyTo(World world) {
            world.handsOn.merge(HandsOn.Actor.PERSON, HandsOn.of(kind, times), HandsOn::plus);
        }
    }

    record Violated(int wizard, Violation violation) implements Change {
        @Override
        public void applyTo(World world) {
            world.violations.add(violation);
            world.replace(world.wizard(wizard).withBlame());
        }
    }

    record PasswordSet(String digest) implements Change {
        @Override
        public void applyTo(World world) {
            world.passwordDigest = digest;
        }
    }

    /** A page that is shown once (two-factor prompt, privacy policy, agreement, welcome) was answered. */
    record PromptSettled(String prompt) implements Change {
        @Override
        public void applyTo(World world) {
            world.promptsSettled.add(prompt);
        }
    }

    record WizardOpened(int wizard, CloudService service, String organisation) implements Change {
        @Override
        public void applyTo(World world) {
            world.replace(new Wizard(wizard, service, organisation, Wizard.Outcome.NOT_STARTED, false, false, false));
        }
    }

    record GrantStarted(int wizard, List<String> policies) implements Change {
        @Override
        public void applyTo(World world) {
            world.replace(world.wizard(wizard).with(Wizard.Outcome.AT_PROVIDER));
        }
    }

    record StatusRefreshed(int wizard) implements Change {
        @Override
        public void applyTo(World world) {
            world.replace(world.wizard(wizard).afterRefresh());
        }
    }

    record WizardClosed(int wizard) implements Change {
        @Override
        public void applyTo(World world) {
            world.replace(world.wizard(wizard).afterClose());
        }
    }

    /** The grant reached the console and the service is linked. */
    record Linked(Link link) implements Change {
        @Override
        public void applyTo(World world) {
            world.link(link);
        }
    }

    /** The grant was given, denied or lost, and nothing was linked. */
    record LinkFailed(int wizard, CloudService service, String reason) implements Change {
        @Override
        public void applyTo(World world) {
            world.failLink(wizard, service);
        }
    }

    /** 完了 was pressed in the Teams wizard (M365-10). */
    record TeamsFinished(
            int wizard,
            boolean appPermission,
            Instant from,
            @Nullable Instant until) implements Change {
        @Override
        public void applyTo(World world) {
            world.finishTeams(this);
        }
    }

    /** Support cleared the 保留 task of a service. */
    record TaskCleared(CloudService service) implements Change {
        @Override
        public void applyTo(World world) {
            world.takeAway(service);
        }
    }

    /** The service account was removed in the console; what lies at the provider stays. */
    record Removed(CloudService service) implements Change {
        @Override
        public void applyTo(World world) {
            world.takeAway(service);
        }
    }

    /** The Marketplace app was installed for, or deleted from, the customer's Google domain (GOOGLE-1). */
    record GoogleAppSet(boolean installed) implements Change {
        @Override
        public void applyTo(World world) {
            world.googleAppInstalled = installed;
            world.google.note(installed ? GoogleState.Kind.INSTALLED : GoogleState.Kind.UNINSTALLED, world.now());
        }
    }

    /** The settings of the Marketplace were opened for the app (GOOGLE-1). */
    record GoogleMarketplaceOpened() implements Change {
        @Override
        public void applyTo(World world) {
            world.google.marketplaceOpened = true;
        }
    }

    /** The team app was disconnected by hand. */
    record DropboxAppClosed() implements Change {
        @Override
        public void applyTo(World world) {
            world.dropboxAppClosed = true;
            world.dropbox.unlinked(world.now);
        }
    }

    /** 信頼する was pressed for this app id (M365-9); older logs do not tell the address that was entered. */
    record AppTrusted(String appId, @Nullable String redirect) implements Change {
        @Override
        public void applyTo(World world) {
            world.trustedApps.add(appId);
            if (redirect != null) {
                world.redirects.put(appId, redirect);
            }
        }
    }

    /** The permission of an app id was taken away again at SharePoint. */
    record AppDistrusted(String appId) implements Change {
        @Override
        public void applyTo(World world) {
            world.trustedApps.remove(appId);
        }
    }

    /** Something that a removal leaves behind at a provider was cleared away by hand. */
    record ClearedAway(Leftover leftover, CloudService service) implements Change {
        @Override
        public void applyTo(World world) {
            world.clearedAway
                    .computeIfAbsent(leftover, l -> EnumSet.noneOf(CloudService.class))
                    .add(service);
            if (leftover == Leftover.ACCESS && service == CloudService.GMAIL) { // one connection for both services
                world.google.note(GoogleState.Kind.REVOKED, world.now());
            }
        }
    }

    record BoxAppSet(boolean addedByDefault, boolean enforced) implements Change {
        @Override
        public void applyTo(World world) {
            world.box.addedByDefault = addedByDefault;
            world.box.notificationsEnforced = enforced;
        }
    }

    record BoxFolderSet(String folder, boolean overrides, boolean mutes) implements Change {
        @Override
        public void applyTo(World world) {
            world.box.folderMail.put(folder, new BoxState.FolderMail(overrides, mutes));
        }
    }

    record BoxDeleted(BoxState.Piece piece) implements Change {
        @Override
        public void applyTo(World world) {
            world.box.delete(piece);
        }
    }

    /** A consent to the own application: a code that is good once. */
    record CodeIssued(String digest, Grants.Code code) implements Change {
        @Override
        public void applyTo(World world) {
            world.ownGrants.issue(this);
        }
    }

    /**
     * Tokens of the own application.
     *
     * @param spent the digest of what they were bought with and what is worth nothing afterwards: a code, or a refresh token
     *     that is good once
     * @param scopes what the access token is good for; the refresh token is for the whole grant
     */
    record TokensIssued(
            @Nullable String spent,
            Grants.Grant grant,
            List<String> scopes,
            String access,
            Instant accessUntil,
            @Nullable String refresh,
            @Nullable Instant refreshUntil)
            implements Change {
        @Override
        public void applyTo(World world) {
            world.ownGrants.issue(this);
        }
    }

    record GrantRevoked(String grant) implements Change {
        @Override
        public void applyTo(World world) {
            world.ownGrants.revoke(grant);
        }
    }

    /** Somebody presented a refresh token. */
    record RefreshAsked(CloudService.Provider provider, boolean granted) implements Change {
        @Override
        public void applyTo(World world) {
            world.ownGrants.count(provider, granted);
        }
    }
}
