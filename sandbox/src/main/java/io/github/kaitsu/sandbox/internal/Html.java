package io.github.kaitsu.sandbox.internal;

import java.util.Locale;

/** One page, written so that it is well-formed XML, too: a script can read it with the JDK alone. */
final class Html {
    private static final String STYLE = """
            :root{--brand:%s}
            *{box-sizing:border-box}
            body{margin:0;background:#f4f5f7;color:#1f2933;line-height:1.7;
            font-family:"Hiragino Sans","Noto Sans JP","Noto Sans CJK JP","Yu Gothic UI",Meiryo,system-ui,sans-serif;
            word-break:auto-phrase}
            header{background:var(--brand);color:#fff;padding:.7rem 1.2rem;display:flex;gap:.2rem 1.2rem;
            align-items:center;flex-wrap:wrap;font-size:.92rem}
            header a{color:#fff;text-decoration:none}
            header .clock{margin-left:auto;font-size:.85rem;font-variant-numeric:tabular-nums;white-space:nowrap}
            main{max-width:62rem;width:calc(100%% - 2rem);margin:1.5rem auto 4.5rem;padding:1.5rem 2rem;background:#fff;
            border-radius:8px;box-shadow:0 1px 3px rgba(0,0,0,.12)}
            h1{font-size:1.25rem;margin:0 0 .8rem} h2{font-size:1.05rem;margin:1.4rem 0 .5rem} p{margin:.7rem 0}
            table{border-collapse:collapse;width:100%%} th,td{padding:.45rem .7rem;border-bottom:1px solid #e1e5ea;
            text-align:left} th{background:#f7f8fa;font-weight:600}
            label{display:block;margin:.6rem 0 .2rem} label.tick{display:inline}
            input[type=text],input[type=password],textarea,select{display:block;font:inherit;
            padding:.4rem .6rem;width:100%%;max-width:34rem;border:1px solid #8b97a6;border-radius:4px;background:#fff}
            textarea{height:7rem;font-family:monospace;max-width:none}
            button{font:inherit;padding:.4rem 1.2rem;margin:.8rem .5rem 0 0;border:1px solid var(--brand);
            background:var(--brand);color:#fff;border-radius:4px;cursor:pointer}
            button.quiet{background:#fff;color:var(--brand)} button.text{border:0;background:none;color:var(--brand);
            margin:0;padding:0} a{color:var(--brand)} .granted{color:#6b7785}
            .row{padding:.2rem 0} .row .when{display:inline-block;color:#52606d} .severity{margin:.8rem 0}
            .tabs{width:auto} .tabs td{border:0;padding:.3rem 1.2rem .3rem 0} [role=tab]{text-decoration:none}
            [role=tab][aria-selected=true]{font-weight:600;border-bottom:2px solid} [role=combobox]{display:inline-block;
            padding:.2rem .8rem;border:1px solid #8b97a6;border-radius:4px;background:#fff;cursor:pointer}
            [role=listbox]{padding:.3rem 1rem;border:1px solid #b8c0cc;border-radius:4px;background:#fff;list-style:none;
            max-width:14rem} [role=listbox][hidden]{display:none}
            .error{background:#fdecea;border-left:4px solid #c62828;padding:.6rem 1rem}
            .good{background:#e8f5e9;border-left:4px solid #2e7d32;padding:.6rem 1rem} .note{color:#52606d}
            .note+.note{margin-top:-.4rem} .example{margin:.1rem 0 0;color:#52606d;font-size:.88rem}
            ul{padding-left:1.2rem} .account{opacity:.9;overflow-wrap:anywhere} h1,h2,p,td,label{overflow-wrap:anywhere}
            .dialog{position:relative;max-width:46rem;margin-top:2.5rem;box-shadow:0 6px 30px rgba(0,0,0,.3)}
            .dialog h1{padding-right:3rem} body:has(.dialog){background:#c4cad1}
            .act{display:inline-block} form>div{margin:.25rem 0} select+div{margin-top:.6rem}
            input[type=checkbox]{margin:0 .2rem 0 0} input:disabled+label{color:#6b7785}
            input[type=text]:has(+input[type=submit]){display:inline-block;margin-right:.5rem;vertical-align:middle}
            input[type=text]+input[type=submit]{margin-top:0;vertical-align:middle}
            td button,td .press,th button,th .press{margin:0} .entry a{text-decoration:none}
            td .name{display:inline-block;min-width:7.5rem} td .wide{display:inline-block;min-width:13rem}
            input[type=submit][name$="BtnCancel"]{background:#fff;color:var(--brand)}
            input[type=submit],.press{font:inherit;padding:.4rem 1.2rem;margin:.8rem .5rem 0 0;display:inline-block;
            border:1px solid var(--brand);background:var(--brand);color:#fff;border-radius:4px;cursor:pointer;
            text-decoration:none}
            .dialog .cross,.dialog .press.cross{position:absolute;top:1rem;right:1.2rem;margin:0;
            padding:.1rem .7rem;background:#fff;color:#52606d;border-color:#b8c0cc;font-size:1.1rem}
            button:disabled,input:disabled{opacity:.5;cursor:not-allowed}
            button,input[type=submit],.press{white-space:nowrap} button.text{text-decoration:underline} header button.text{color:#fff;text-decoration:none}
            .press.quiet{background:#fff;color:var(--brand)}
            .entry{display:flex;flex-wrap:wrap;gap:1rem;align-items:center;padding:.4rem 0;border-bottom:1px solid #e1e5ea}
            .entry button.more{margin:0;padding:.1rem .8rem} [role=menu]{padding:.3rem 1rem;border:1px solid #b8c0cc;
            border-radius:4px;background:#fff} [role=menu][hidden]{display:none}
            .overlay{position:fixed;inset:0;background:rgba(0,0,0,.4);display:flex;align-items:center;
            justify-content:center} .overlay .box{background:#fff;border-radius:8px;padding:1.5rem 2rem;max-width:30rem}
            .icon{display:inline-block;width:.6em;height:.6em;margin-right:.4em;border-radius:50%%;
            background:currentColor;opacity:.6}
            """;

    private final String title;
    private final String colour;
    private final Locale locale;
    private String main = "<main>";
    private final StringBuilder header = new StringBuilder();
    private final StringBuilder body = new StringBuilder();

    Html(Locale locale, String colour, String title) {
        this.locale = locale;
        this.colour = colour;
        this.title = title;
    }

    static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }

    static String anchor(String label, String href) {
        return "<a href=\"" + escape(href) + "\">" + escape(label) + "</a>";
    }

    Html brand(String name) {
        header.append("<b>").append(escape(name)).append("</b>");
        return this;
    }

    Html nav(String label, String href) {
        header.append(anchor(label, href));
        return this;
    }

    Html clock(String text) {
        header.append("<span class=\"clock\">").append(escape(text)).append("</span>");
        return this;
    }

    /** Who is signed in. */
    Html account(String user) {
        header.append("<div class=\"account\">").append(escape(user)).append("</div>");
        return this;
    }

    /** Shown as a dialog instead of a whole page. */
    Html asDialog() {
        main = "<main class=\"dialog\" role=\"dialog\" aria-modal=\"true\" aria-label=\"" + escape(title) + "\">";
        return this;
    }

    /** Runs in the browser; nobody depends on it who has none. May hold neither {@code <} nor {@code &}. */
    Html script(String code) {
        return raw("<script>" + code + "</script>");
    }

    Html heading(String text) {
        return raw("<h1>" + escape(text) + "</h1>");
    }

    Html section(String text) {
        return raw("<h2>" + escape(text) + "</h2>");
    }

    Html text(String text) {
        return raw("<p>" + escape(text) + "</p>");
    }

    Html note(String text) {
        return raw("<p class=\"note\">" + escape(text) + "</p>");
    }

    Html error(String text) {
        return text.isEmpty() ? this : raw("<p class=\"error ms-error\">" + escape(text) + "</p>");
    }

    Html good(String text) {
        return raw("<p class=\"good\">" + escape(text) + "</p>");
    }

    Html link(String label, String href) {
        return raw("<p>" + anchor(label, href) + "</p>");
    }

    Html form(Form form) {
        return raw(form.html());
    }

    Html raw(String html) {
        body.append(html).append('\n');
        return this;
    }

    String html() {
        return "<!DOCTYPE html>\n<html lang=\"" + locale.getLanguage() + "\"><head><meta charset=\"utf-8\"/>"
                + "<title>" + escape(title) + "</title><style>" + STYLE.formatted(colour) + "</style></head>\n<body>"
                + (header.length() == 0 ? "" : "<header>" + header + "</header>\n")
                + main + body + "</main></body></html>\n";
    }
}
