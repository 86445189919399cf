package io.github.kaitsu.sandbox.internal;

import java.util.Map;

/** One form of a page. Whatever the page puts into a field is repeated in a hidden field, so that changes can be told. */
final class Form {
    /** Before a field's name: what the page had put into it. */
    static final String BEFORE = "_was.";

    private final StringBuilder html = new StringBuilder();

    private Form(String method, String action) {
        html.append("<form method=\"")
                .append(method)
                .append("\" action=\"")
                .append(Html.escape(action))
                .append("\"");
    }

    static Form post(String action) {
        return new Form("post", action).end();
    }

    /** In a new tab that a script may close again. */
    static Form postInWindow(String action) {
        Form form = new Form("post", action);
        form.html.append(" target=\"_blank\" rel=\"opener\"");
        return form.end();
    }

    static Form get(String action) {
        return new Form("get", action).end();
    }

    /** Nothing but a button, which may stand beside the next. */
    static Form act(String action) {
        Form form = new Form("post", action);
        form.html.append(" class=\"act\"");
        return form.end();
    }

    /** Opens its answer in a new tab, as the console does when it sends the person to a provider. */
    static Form postInNewTab(String action) {
        Form form = new Form("post", action);
        form.html.append(" target=\"_blank\"");
        return form.end();
    }

    /** Fields that no person filled: hidden ones, and ASP.NET's buttons. */
    static boolean isThePagesOwn(String name) {
        return name.startsWith("_") || name.substring(name.lastIndexOf('$') + 1).startsWith("Btn");
    }

    Form hidden(String name, String value) {
        html.append("<input type=\"hidden\" name=\"").append(name).append("\" value=\"");
        html.append(Html.escape(value)).append("\"/>");
        return this;
    }

    Form text(String name, String label, String value) {
        return input("text", name, name, label, value);
    }

    Form password(String name, String label) {
        return input("password", name, name, label, "");
    }

    /** A field whose id is not its name, as in ASP.NET. */
    Form textWithId(String id, String name, String label, String value) {
        return input("text", id, name, label, value);
    }

    Form area(String id, String name, String label, String value) {
        label(id, label);
        before(name, value);
        html.append("<textarea id=\"")
                .append(id)
                .append("\" name=\"")
                .append(name)
                .append("\">");
        html.append(Html.escape(value)).append("</textarea>");
        return this;
    }

    Form tick(String name, String value, String label, boolean ticked) {
        String id = name + "-" + value;
        if (ticked) {
            before(name, value);
        }
        html.append("<div><input type=\"checkbox\" id=\"")
                .append(id)
                .append("\" name=\"")
                .append(name);
        html.append("\" value=\"").append(Html.escape(value)).append('"').append(ticked ? " checked=\"checked\"" : "");
        html.append("/> <label class=\"tick\" for=\"").append(id).append("\">").append(Html.escape(label));
        html.append("</label></div>");
        return this;
    }

    Form select(String name, String label, Map<String, String> options, String chosen) {
        label(name, label);
        before(name, chosen);
        html.append("<select id=\"")
                .append(name)
                .append("\" name=\"")
                .append(name)
                .append("\">");
        options.forEach((value, text) -> {
            html.append("<option value=\"").append(value).append('"');
            html.append(value.equals(chosen) ? " selected=\"selected\">" : ">");
            html.append(Html.escape(text)).append("</option>");
        });
        html.append("</select>");
        return this;
    }

    Form button(String value, String label) {
        return button("press-" + value, "_press", value, label, "");
    }

    Form quietButton(String value, String label) {
        return button("press-" + value, "_press", value, label, "quiet");
    }

    /** At the top right of its dialog. */
    Form cross(String value, String label) {
        return button("press-" + value, "_press", value, label, "cross");
    }

    /** ASP.NET's buttons are input elements. */
    Form buttonWithId(String id, String name, String label) {
        html.append("<input type=\"submit\" id=\"")
                .append(id)
                .append("\" name=\"")
                .append(name)
                .append("\" value=\"")
                .append(Html.escape(label))
                .append("\"/>");
        return this;
    }

    Form raw(String more) {
        html.append(more);
        return this;
    }

    /** What a field may look like. */
    Form example(String text) {
        return raw("<p class=\"example\">" + Html.escape(text) + "</p>");
    }

    Form note(String text) {
        return raw("<p class=\"note\">" + Html.escape(text) + "</p>");
    }

    String html() {
        return html + "</form>";
    }

    private Form end() {
        html.append('>');
        return this;
    }

    private Form input(String type, String id, String name, String label, String value) {
        label(id, label);
        before(name, value);
        html.append("<input type=\"")
                .append(type)
                .append("\" id=\"")
                .append(id)
                .append("\" name=\"")
                .append(name);
        html.append("\" value=\"").append(Html.escape(value)).append("\" autocomplete=\"off\"/>");
        return this;
    }

    private Form button(String id, String name, String value, String label, String style) {
        html.append("<button type=\"submit\" id=\"")
                .append(id)
                .append("\" name=\"")
                .append(name);
        html.append("\" value=\"")
                .append(Html.escape(value))
                .append("\" class=\"")
                .append(style)
                .append("\">");
        html.append(Html.escape(label)).append("</button>");
        return this;
    }

    private void label(String id, String label) {
        html.append("<label for=\"")
                .append(id)
                .append("\">")
                .append(Html.escape(label))
                .append("</label>");
    }

    private void before(String name, String value) {
        if (!value.isEmpty()) {
            hidden(BEFORE + name, value);
        }
    }
}
