// Local draft: <form data-draft="key"> keeps what was typed on this device, restores it into empty fields,
// and forgets it when the form is sent, the server says so (data-draft-done), or somebody logs out.
{
  const PREFIX = "draft:";
  const store = (() => {
    try {
      localStorage.setItem("draft-test", "");
      localStorage.removeItem("draft-test");
      return localStorage;
    } catch (refused) {
      return null; // private window: no draft, no error
    }
  })();
  const forget = (key) => store && store.removeItem(PREFIX + key);
  const forgetAll = () => {
    for (const name of Object.keys(store || {})) if (name.startsWith(PREFIX)) store.removeItem(name);
  };
  const kept = (field) =>
    field.name && (field.localName === "textarea" || field.localName === "select" ||
      ["text", "tel", "radio", "checkbox", "date", "search", "email"].includes(field.type)) &&
    !field.closest("[data-no-draft]") && !/captcha|password|code|token|key/.test(field.name);

  for (const done of document.querySelectorAll("[data-draft-done]")) forget(done.dataset.draftDone);
  if (document.querySelector("[data-forget-drafts]")) forgetAll();
  addEventListener("submit", (event) => {
    if (String(event.target.action).includes("/logout/")) forgetAll();
  });

  for (const form of store ? document.querySelectorAll("form[data-draft]") : []) {
    const name = PREFIX + form.dataset.draft;
    const fields = () => [...form.elements].filter(kept);
    const note = document.createElement("p");
    note.className = "draft-note";
    note.setAttribute("role", "status");
    form.prepend(note);

    const read = () => {
      const values = {};
      for (const field of fields()) {
        const isChoice = field.type === "radio" || field.type === "checkbox";
        if (isChoice ? field.checked : field.value) values[field.name] = (values[field.name] || []).concat(field.value);
      }
      return values;
    };
    const restore = (values) => {
      for (const field of fields()) {
        const mine = values[field.name];
        if (!mine) continue;
        if (field.type === "radio" || field.type === "checkbox") field.checked = mine.includes(field.value);
        else field.value = mine[0];
        field.dispatchEvent(new Event("input", { bubbles: true }));
      }
    };
    try {
      const saved = JSON.parse(store.getItem(name) || "null");
      // what the server sent back is newer than the draft
      const isFresh = !form.querySelector(".field--error") && !fields().some((field) => field.defaultValue && /text|tel|email/.test(field.type));
      if (saved && isFresh) {
        restore(saved.values);
        note.textContent = "已恢复您上次没有提交的内容（只保存在这台设备上）。";
        const wipe = document.createElement("button");
        wipe.type = "button";
        wipe.className = "button button--quiet";
        wipe.textContent = "清空草稿";
        wipe.addEventListener("click", () => {
          forget(form.dataset.draft);
          form.reset();
          note.textContent = "草稿已清空。";
          const first = form.querySelector("textarea, input:not([type=hidden])");
          if (first) first.focus();
        });
        note.append(" ", wipe);
      }
    } catch (broken) {
      forget(form.dataset.draft);
    }
    let timer;
    const save = () => {
      clearTimeout(timer);
      timer = setTimeout(() => {
        try {
          store.setItem(name, JSON.stringify({ at: Date.now(), values: read() }));
        } catch (full) { /* storage is full: typing goes on */ }
      }, 800);
    };
    form.addEventListener("input", save);
    form.addEventListener("change", save);
  }
}
