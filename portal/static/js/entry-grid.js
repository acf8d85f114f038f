// A grid typed by keyboard: Enter goes on to the next cell instead of sending the form, Ctrl+Enter saves.
// Without scripts Enter saves, which loses nothing either.
for (const form of document.querySelectorAll("form[data-entry-grid]")) {
    form.addEventListener("keydown", (event) => {
        if (event.key !== "Enter" || event.isComposing) return;
        if (event.ctrlKey || event.metaKey) {
            event.preventDefault();
            form.requestSubmit();
            return;
        }
        if (!event.target.matches("input:not([type=checkbox]), select") || event.shiftKey) return;
        event.preventDefault();
        const cells = [...form.querySelectorAll("input:not([type=hidden]), select, textarea, button")];
        const next = cells[cells.indexOf(event.target) + 1];
        if (next) next.focus();
    });
}
