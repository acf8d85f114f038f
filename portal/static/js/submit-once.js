// Submit once: a second click within a few seconds does nothing. The server stays the judge (form key).
addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "post") return;
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }
  form.dataset.sent = "yes";
  const button = event.submitter;
  if (button) for (const name of ["aria-disabled", "aria-busy"]) button.setAttribute(name, "true");
  const release = () => {
    delete form.dataset.sent;
    if (button) for (const name of ["aria-disabled", "aria-busy"]) button.removeAttribute(name);
  };
  setTimeout(release, 8000);
  addEventListener("pageshow", release, { once: true });
});
