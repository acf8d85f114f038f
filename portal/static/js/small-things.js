// Print, copy, back, and filters that stand open where there is room.
for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => print());
}

for (const button of document.querySelectorAll("[data-copy]")) {
  if (!navigator.clipboard) continue;
  button.hidden = false;
  button.addEventListener("click", async () => {
    const box = button.parentElement;
    const source = box.querySelector("[data-copy-source]");
    await navigator.clipboard.writeText(source.value || source.textContent);
    box.querySelector("[data-copy-done]").textContent = "已复制";
  });
}

for (const link of document.querySelectorAll("[data-back]")) {
  link.addEventListener("click", (event) => {
    if (!document.referrer.startsWith(location.origin + "/") || history.length < 2) return;
    event.preventDefault();
    history.back();
  });
}

// on paper nothing stays folded
let folded = [];
addEventListener("beforeprint", () => {
  folded = [...document.querySelectorAll("main details:not([open])")];
  for (const fold of folded) fold.open = true;
});
addEventListener("afterprint", () => {
  for (const fold of folded) fold.open = false;
});

if (matchMedia("(min-width: 48em)").matches) {
  for (const fold of document.querySelectorAll("details[data-open-wide]")) fold.open = true;
}
