// Error summary: takes the focus when the page opens, so that it is read first; its links focus their field.
{
  const summary = document.querySelector("[data-error-summary]");
  // the page may have answered a POST: as a plain entry of the history, Back and reload ask for it without re-sending
  if (summary) history.replaceState(history.state, "");
  if (summary) summary.focus();
  if (summary) summary.addEventListener("click", (event) => {
    const link = event.target.closest("a");
    const field = link && link.hash && document.getElementById(decodeURIComponent(link.hash.slice(1)));
    if (!field) return;
    event.preventDefault();
    (field.closest(".field") || field).scrollIntoView({ block: "start" });
    field.focus({ preventScroll: true });
  });
}
