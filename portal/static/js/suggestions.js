// Similar matters while writing: <div data-suggest-url="…" data-suggest-from="id_title id_body"> gets an HTML fragment.
for (const place of document.querySelectorAll("[data-suggest-url]")) {
  const inputs = (place.dataset.suggestFrom || "").split(" ").map((id) => document.getElementById(id)).filter(Boolean);
  place.setAttribute("aria-live", "polite");
  let timer;
  let last = "";
  let running;
  const ask = async () => {
    const text = inputs.map((input) => input.value.trim()).filter(Boolean).join(" ").slice(0, 200);
    if (text === last) return;
    last = text;
    if (running) running.abort();
    if (text.length < 4) {
      place.textContent = "";
      place.removeAttribute("aria-busy");
      return;
    }
    running = typeof AbortController === "function" ? new AbortController() : null;
    place.setAttribute("aria-busy", "true");
    try {
      const url = new URL(place.dataset.suggestUrl, location.href);
      url.searchParams.set("q", text);
      const answer = await fetch(url, { signal: running ? running.signal : undefined, headers: { Accept: "text/html" } });
      // the fragment comes from our own server, already escaped there
      if (answer.ok) place.innerHTML = await answer.text();
    } catch (gone) { /* a missing suggestion disturbs nobody */ }
    if (text === last) place.removeAttribute("aria-busy");
  };
  for (const input of inputs) {
    input.addEventListener("input", () => {
      clearTimeout(timer);
      timer = setTimeout(ask, 700);
    });
  }
}
