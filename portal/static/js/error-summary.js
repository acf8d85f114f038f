// Error summary: takes the focus when the page opens, so that it is read first; its links focus their field.
{
  const summary = document.querySelector("[data-error-summary]");
  // the page may have answered a POST: as a plain entry of the history, Back and reload ask for it without re-sending
  if (summary) history.replaceState(history.state, "");
  summary?.focus();
  summary?.addEventListener("click", (event) => {
    const target = event.target.closest("a")?.hash;
    const field = target && document.getElementById(decodeURIComponent(target.slice(1)));
    if (!field) return;
    event.preventDefault();
    (field.closest(".field") ?? field).scrollIntoView({ block: "start" });
    field.focus({ preventScroll: true });
  });
}
