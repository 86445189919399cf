package io.github.kaitsu.sandbox.internal.person;

import io.github.kaitsu.operator.Answer;
import io.github.kaitsu.operator.OperatorAction;
import io.github.kaitsu.sandbox.internal.View;

/** What is done and looked at in Dropbox (DROPBOX-1 to DROPBOX-3). */
final class DropboxHandlers {
    private final Browser browser;
    private final Replies replies;

    DropboxHandlers(Browser browser, Replies replies) {
        this.browser = browser;
        this.replies = replies;
    }

    void teach(ActionHandlers duties) {
        duties.put("dropbox.admin", "ask-admin", a -> replies.yesOrNo(true));
        duties.put("dropbox.app-linked", "ask-app-linked", a -> replies.yesOrNo(page(a).hasButton("接続解除")));
        duties.put("dropbox.folders", "ask-folders", a -> replies.yesOrNo(page(a).hasButton("削除")));
        duties.put("dropbox.remove-app", "remove-app", a -> pressIfThere(page(a), "接続解除"));
        duties.put("dropbox.remove-folders", "remove-folders", a -> pressIfThere(page(a), "削除"));
    }

    private View page(OperatorAction action) {
        return browser.open(action.link().orElseThrow());
    }

    private Answer pressIfThere(View view, String button) {
        if (view.hasButton(button)) {
            browser.visitor.press(view, button);
        }
        return replies.done();
    }
}
