// Makes the calls that portal.frame.adapters writes as data: date fields, inline panels and choosers of Wagtail's admin.
(() => {
  const SELECTOR = 'script[type="application/json"][data-start]';
  const start = (element) => {
    if (element.dataset.started) return;
    element.dataset.started = "yes";
    const [, isNew, path] = element.dataset.start.match(/^(new )?([\w.]+)$/);
    const called = path.split(".").reduce((scope, name) => scope?.[name], window);
    const values = JSON.parse(element.textContent);
    if (isNew) new called(...values);
    else called(...values);
  };
  const startAll = (root) => root.querySelectorAll?.(SELECTOR).forEach(start);
  // Wagtail's templates spell this button for screen readers in English
  const nameSearch = () => {
    for (const button of document.querySelectorAll('input[type="submit"][value="Search"]')) button.value = gettext("Search");
  };
  const begin = () => {
    startAll(document);
    nameSearch();
    new MutationObserver((changes) => {
      for (const change of changes) {
        for (const node of change.addedNodes) {
          if (node.matches?.(SELECTOR)) start(node);
          else startAll(node);
        }
      }
    }).observe(document.documentElement, { childList: true, subtree: true });
  };
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", begin);
  else begin();
})();
