package io.github.kaitsu.sandbox.internal;

/** The … menu of a folder in Box, which a right click opens, too. */
final class FolderMenu {
    static final String SCRIPT = """
            function toggle(entry){var m=entry.querySelector('[role=menu]');m.hidden=!m.hidden;
            entry.querySelector('[aria-haspopup]').setAttribute('aria-expanded',String(!m.hidden))}
            document.querySelectorAll('.entry').forEach(function(e){
            e.querySelector('[aria-haspopup]').addEventListener('click',function(){toggle(e)});
            e.addEventListener('contextmenu',function(c){c.preventDefault();toggle(e)})})
            """;

    private FolderMenu() {}

    static String of(String folder, Labels t) {
        String more = Html.escape(t.get("box.more"));
        return " <button type=\"button\" class=\"quiet more\" aria-haspopup=\"menu\" aria-expanded=\"false\" aria-label=\""
                + more + "\" title=\"" + more + "\">…</button><div role=\"menu\" hidden=\"hidden\">"
                + "<a role=\"menuitem\" href=\"/folder/" + folder + "/settings\">"
                + Html.escape(t.get("box.folderSettings")) + "</a></div>";
    }
}
