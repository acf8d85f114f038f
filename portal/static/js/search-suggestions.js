// Suggestions below the search box: <form data-suggestions="/search/suggestions/">. A combobox as in the ARIA guide.
for (const form of document.querySelectorAll("form[data-suggestions]")) {
  const input = form.querySelector("input[type=search]");
  if (!input) continue;
  const box = document.createElement("div");
  box.className = "combobox";
  input.replaceWith(box);
  const list = document.createElement("ul");
  list.className = "combobox__list";
  list.id = "search-suggestions";
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", "搜索建议");
  list.hidden = true;
  const said = document.createElement("span");
  said.className = "visually-hidden";
  said.setAttribute("role", "status");
  box.append(input, list, said);
  for (const [name, value] of [["role", "combobox"], ["aria-autocomplete", "list"], ["aria-expanded", "false"], ["aria-controls", list.id]]) {
    input.setAttribute(name, value);
  }
  let timer;
  let running;
  let last = "";
  let chosen = -1;

  const choose = (position) => {
    chosen = position;
    [...list.children].forEach((option, index) => option.setAttribute("aria-selected", String(index === chosen)));
    const option = list.children[chosen];
    if (option) input.setAttribute("aria-activedescendant", option.id);
    else input.removeAttribute("aria-activedescendant");
  };
  const close = () => {
    list.hidden = true;
    input.setAttribute("aria-expanded", "false");
    choose(-1);
  };
  const show = (items) => {
    list.textContent = "";
    list.append(...items.map((item, index) => {
      const option = document.createElement("li");
      option.id = `search-suggestion-${index}`;
      option.setAttribute("role", "option");
      option.dataset.url = item.url;
      const text = document.createElement("span");
      text.textContent = item.text;
      const kind = document.createElement("span");
      kind.className = "combobox__kind";
      kind.textContent = item.kind;
      option.append(text, kind);
      return option;
    }));
    choose(-1);
    list.hidden = items.length === 0;
    input.setAttribute("aria-expanded", String(items.length > 0));
    said.textContent = items.length ? `${items.length} 条建议，按上下键选择` : "";
  };
  const ask = async () => {
    const words = input.value.trim();
    if (words === last) return;
    last = words;
    if (running) running.abort();
    if (!words) return show([]);
    running = typeof AbortController === "function" ? new AbortController() : null;
    try {
      const url = new URL(form.dataset.suggestions, location.href);
      url.searchParams.set("q", words.slice(0, 60));
      const answer = await fetch(url, { signal: running ? running.signal : undefined });
      const { items } = await answer.json();
      if (document.activeElement === input) show(items.slice(0, 8));
    } catch (gone) { /* searching works without suggestions */ }
  };
  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(ask, 250);
  });
  input.addEventListener("keydown", (event) => {
    if (event.isComposing) return; // the input method has the keys while a word is being spelt
    const count = list.children.length;
    if (event.key === "Escape" && !list.hidden) {
      event.preventDefault();
      close();
    } else if ((event.key === "ArrowDown" || event.key === "ArrowUp") && count) {
      event.preventDefault();
      list.hidden = false;
      input.setAttribute("aria-expanded", "true");
      const step = event.key === "ArrowDown" ? 1 : -1;
      choose(chosen < 0 ? (step > 0 ? 0 : count - 1) : (chosen + step + count) % count);
    } else if (event.key === "Enter" && chosen >= 0 && !list.hidden) {
      event.preventDefault();
      location.href = list.children[chosen].dataset.url;
    }
  });
  list.addEventListener("pointerdown", (event) => {
    const option = event.target.closest("[role=option]");
    if (!option) return;
    event.preventDefault();
    location.href = option.dataset.url;
  });
  input.addEventListener("blur", () => setTimeout(close, 150));
}
